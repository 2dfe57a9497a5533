using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>
/// Who is called next, as data. Each segment has a head start, as if its ticket had been taken that much earlier; the
/// earliest such instant is next. Waiting ages every ticket alike. Ratios give a segment a turn of its own now and
/// then, and a ticket that has waited <see cref="FirstAfter"/> is overtaken no more. ARCHITECTURE.md has the proof of
/// the longest wait. Within a segment the longest waiting is always first.
/// </summary>
/// <param name="AppointmentHeadStart">Head start of appointments.</param>
/// <param name="GreenHeadStart">Head start of the green channel.</param>
[GenerateSerializer, Immutable]
public sealed record CallPolicy(TimeSpan AppointmentHeadStart, TimeSpan GreenHeadStart)
{
    /// <summary>Appointments ten minutes, green channel fifteen.</summary>
    public static CallPolicy Default { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15));

    /// <summary>A ticket that has waited this long goes before all others, the longest waiting first. Default: none does.</summary>
    [Id(0)]
    public TimeSpan? FirstAfter { get; init; }

    /// <summary>Turns of one segment after so many calls of another, the first due one deciding. Default: none.</summary>
    [Id(1)]
    public ImmutableArray<SegmentRatio> Ratios { get; init; } = [];

    /// <summary>How much earlier a ticket of this segment counts as taken.</summary>
    public TimeSpan HeadStart(Segment segment) => segment switch
    {
        Segment.Appointment => AppointmentHeadStart,
        Segment.Green => GreenHeadStart,
        _ => TimeSpan.Zero,
    };

    /// <summary>The ticket's place among the waiting when neither ratios nor overdue tickets come first: the smallest is next.</summary>
    public CallOrder OrderOf(Ticket ticket) =>
        new(ticket.TakenAt - HeadStart(ticket.Segment), ticket.TakenAt, ticket.Number, ticket.Id);

    /// <summary>
    /// Chooses among what a counter may call: the one place where it is decided who is next, for the queues at work
    /// as for every simulation.
    /// </summary>
    /// <param name="candidates">The longest waiting ticket of each queue and segment; not empty.</param>
    /// <param name="turns">What the counter called before.</param>
    /// <param name="now">The instant of the call, in UTC ticks.</param>
    public CallChoice Choose(ReadOnlySpan<CallCandidate> candidates, CallTurns turns, long now)
    {
        if (FirstAfter is { } most && Oldest(candidates, now - most.Ticks) is var overdue and >= 0)
            return new CallChoice(overdue, CallRule.Overdue, null);
        var first = First(candidates, null);
        if (!turns.LastByRatio)
            foreach (var ratio in Ratios)
                if (turns.Since(ratio.Then, ratio.Of) >= ratio.Calls && First(candidates, ratio.Then) is var turn and >= 0)
                    return turn == first ? new CallChoice(first, CallRule.HeadStart, null) : new CallChoice(turn, CallRule.Ratio, ratio);
        return new CallChoice(first, CallRule.HeadStart, null);
    }

    private static int Oldest(ReadOnlySpan<CallCandidate> candidates, long takenUntil)
    {
        var oldest = -1;
        for (var i = 0; i < candidates.Length; i++)
            if (candidates[i].TakenAt <= takenUntil && (oldest < 0 || Before(candidates[i], 0, candidates[oldest], 0)))
                oldest = i;
        return oldest;
    }

    private static bool Before(in CallCandidate one, long oneStart, in CallCandidate other, long otherStart)
    {
        var order = (one.TakenAt - oneStart).CompareTo(other.TakenAt - otherStart);
        if (order == 0) order = one.TakenAt.CompareTo(other.TakenAt);
        if (order == 0) order = string.CompareOrdinal(one.Number, other.Number);
        return (order != 0 ? order : string.CompareOrdinal(one.TicketId, other.TicketId)) < 0;
    }

    private int First(ReadOnlySpan<CallCandidate> candidates, Segment? only)
    {
        var first = -1;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (only is { } segment && candidates[i].Segment != segment) continue;
            if (first < 0 || Before(candidates[i], HeadStart(candidates[i].Segment).Ticks, candidates[first], HeadStart(candidates[first].Segment).Ticks))
                first = i;
        }

        return first;
    }
}

/// <summary>Gives a segment a turn at a counter: after so many calls of one segment, one of another.</summary>
/// <param name="Of">The segment whose calls count.</param>
/// <param name="Calls">How many of them, since the counter last called one of <paramref name="Then"/>.</param>
/// <param name="Then">The segment that then has a turn, when it waits.</param>
[GenerateSerializer, Immutable]
public sealed record SegmentRatio(Segment Of, int Calls, Segment Then);
