using System.Collections.Immutable;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>When a counter will call, as one future has it.</summary>
internal sealed class CounterOutlook
{
    // A pause is expected to last this long on average.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly CounterSnapshot _snapshot;
    private readonly long _now;
    private readonly (long From, long To)[] _open;
    private readonly bool _paused;

    private readonly bool _keptWaiting;

    public CounterOutlook(HallDefinition hall, CounterDefinition counter, CounterSnapshot snapshot, ImmutableArray<WaitingTicket> waiting, DateTimeOffset now)
    {
        (_snapshot, _now) = (snapshot, now.UtcTicks);
        var isOpen = snapshot.Status == CounterStatus.Open;
        var plan = Plan(hall, counter, now);
        var current = plan.FirstOrDefault(p => p.From <= _now && _now < p.To);
        var later = plan.Where(p => p.From > _now);
        // The plan says when an open counter ends; one that is open outside of its plan stays, and so does one without a plan.
        if (isOpen) _open = [(long.MinValue, current.To > 0 ? current.To : long.MaxValue), .. later];
        else if (current.To > 0) _open = [current, .. later];
        else _open = snapshot.Status == CounterStatus.Paused ? [(_now, long.MaxValue)] : [.. later];
        var services = snapshot.Services.IsEmpty ? counter.Services : snapshot.Services;
        _keptWaiting = waiting.Any(t => t.TakenAt < now && (t.OnlyCounter is { } only ? only == counter.Id : services.Contains(t.Service)));
        _paused = snapshot.Status == CounterStatus.Paused;
    }

    /// <summary>Whether it will ever call.</summary>
    public bool WillServe => _open.Length > 0;

    /// <summary>Sets a counter up for one future.</summary>
    public void Prepare(RunCounter counter, SeededRandom random, FutureDraws draws, Func<string, int> serviceOf)
    {
        counter.TurnsBefore = _snapshot.Turns;
        counter.Open = [.. _open.Select(o => (OpensAt(o.From, random, draws), o.To)).Where(o => o.Item1 < o.To)];
        counter.BusyUntil = _snapshot switch
        {
            { Busy: { } busy } => _now + draws.Remaining(serviceOf(busy.Service), _now - busy.CalledAt.UtcTicks, busy.Started) + draws.Changeover(),
            { FreeSince: { } since } => _now + draws.RemainingChangeover(_now - since.UtcTicks, _keptWaiting),
            _ => long.MinValue,
        };
    }

    private long OpensAt(long planned, SeededRandom random, FutureDraws draws) =>
        planned == long.MinValue ? planned
        : planned > _now ? planned + draws.Lateness(0)
        : _now + (_paused ? (long)(Pause.Ticks * random.NextExponential()) : draws.Lateness(_now - planned));

    // Who waits at the hall's closing is served out, so the last interval of the day has no end.
    private static List<(long From, long To)> Plan(HallDefinition hall, CounterDefinition counter, DateTimeOffset now)
    {
        if (counter.Hours.IsEmpty) return [];
        var day = hall.DayAt(now);
        var closing = hall.Counters.SelectMany(c => c.Hours).Max(h => h.To);
        return [.. counter.Hours.Select(h => (hall.At(day, h.From).UtcTicks, h.To == closing ? long.MaxValue : hall.At(day, h.To).UtcTicks))];
    }
}
