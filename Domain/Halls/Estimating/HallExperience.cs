using System.Collections.Immutable;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>All that a hall learns from its tickets as they move: the fit, how good its estimates were, and who came lately.</summary>
public sealed record HallExperience
{
    /// <summary>How far back arrivals count as lately.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(45);

    // A longer gap between two tickets of a counter was no changeover: the clerk was away.
    private static readonly TimeSpan LongestChangeover = TimeSpan.FromMinutes(10);

    private HallExperience(HallFit fit) => Fit = fit;

    /// <summary>Before anything was seen.</summary>
    public static HallExperience None(HallDefinition hall) => new(HallFit.Prior(hall));

    /// <summary>Lengths, no-shows, changeover.</summary>
    public HallFit Fit { get; private init; }

    /// <summary>Estimates beside what became of them.</summary>
    public Calibration Calibration { get; private init; } = Calibration.None;

    private ImmutableQueue<(string Service, Segment Segment, DateTimeOffset At)> Taken { get; init; } = [];

    private ImmutableDictionary<string, DateTimeOffset> LastEnded { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    // What was seen of each ticket of the day; a ticket read from the record and told once more teaches once.
    private ImmutableDictionary<string, Seen> Known { get; init; } = ImmutableDictionary<string, Seen>.Empty;

    private DateOnly Day { get; init; }

    /// <summary>The experience from tickets of the record, in any order.</summary>
    public static HallExperience Of(HallDefinition hall, IEnumerable<Ticket> tickets)
    {
        var moves = new List<(DateTimeOffset At, int Order, Ticket Ticket)>();
        foreach (var ticket in tickets)
        {
            moves.Add((ticket.TakenAt, 0, ticket with { State = TicketState.Waiting, Counter = null, CalledAt = null, FirstCalledAt = null, StartedAt = null, EndedAt = null }));
            if ((ticket.FirstCalledAt ?? ticket.CalledAt) is { } called)
                moves.Add((called, 1, ticket with { State = TicketState.Called, EndedAt = null }));
            if (ticket.EndedAt is { } ended) moves.Add((ended, 2, ticket));
        }

        return moves.OrderBy(m => m.At).ThenBy(m => m.Order).Aggregate(None(hall), (known, move) => known.Observe(move.Ticket));
    }

    /// <summary>How many come lately, at an instant.</summary>
    public ImmutableArray<RecentArrivals> ArrivalsAt(DateTimeOffset now) => RecentArrivals.Of(Taken, now, Lately);

    /// <summary>After a ticket moved; told again, it has no further effect.</summary>
    public HallExperience Observe(Ticket ticket)
    {
        var known = Day < ticket.Day
            ? this with { Day = ticket.Day, Known = ImmutableDictionary<string, Seen>.Empty, LastEnded = ImmutableDictionary<string, DateTimeOffset>.Empty }
            : this;
        // Put aside or handed over: when its counter became free is not on the ticket.
        if (ticket is { State: TicketState.Held or TicketState.Waiting, Counter: { } left }) known = known with { LastEnded = known.LastEnded.Remove(left) };
        var before = known.Known.GetValueOrDefault(ticket.Id);
        var (called, ended) = (ticket.FirstCalledAt ?? ticket.CalledAt, ticket.EndedAt);
        var after = new Seen(true, before.Called || called is not null, before.Ended || ended is not null);
        if (after == before) return known;
        known = known with { Known = known.Known.SetItem(ticket.Id, after) };
        if (!before.Taken) known = known.Take(ticket);
        if (!before.Called && called is { } at) known = known.Call(ticket, at);
        return !before.Ended && ended is { } end ? known.End(ticket, end) : known;
    }

    private HallExperience Take(Ticket ticket)
    {
        var taken = Taken.Enqueue((ticket.Service, ticket.Segment, ticket.TakenAt));
        while (!taken.IsEmpty && taken.Peek().At < ticket.TakenAt - Lately) taken = taken.Dequeue();
        return this with { Taken = taken };
    }

    private HallExperience Call(Ticket ticket, DateTimeOffset called)
    {
        var fit = Fit;
        // Taken before the counter was free, it waited all the while.
        if (ticket.Counter is { } counter && LastEnded.TryGetValue(counter, out var free) && ticket.TakenAt <= free
            && called >= free && called - free <= LongestChangeover)
        {
            fit = fit.ObserveChangeover(called - free);
        }

        return this with
        {
            Fit = fit,
            Calibration = ticket.Estimated is { } estimate ? Calibration.Observe(ticket.Service, estimate, called - ticket.TakenAt) : Calibration,
        };
    }

    private HallExperience End(Ticket ticket, DateTimeOffset ended) => this with
    {
        Fit = ticket.Outcome is TicketOutcome.DayEnded or TicketOutcome.Lapsed ? Fit : Fit.Observe(ticket),
        LastEnded = ticket.Counter is { } counter ? LastEnded.SetItem(counter, ended) : LastEnded,
    };

    private readonly record struct Seen(bool Taken, bool Called, bool Ended);
}
