using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>When a counter will call, as one future has it.</summary>
internal sealed class CounterOutlook
{
    // A counter that should be open is expected back after this long on average.
    private static readonly TimeSpan Absence = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ChangeoverAtMost = TimeSpan.FromMinutes(1);

    private readonly CounterSnapshot _snapshot;
    private readonly long _now;
    private readonly (long From, long To)[] _open;
    private readonly bool _absent;

    public CounterOutlook(HallDefinition hall, CounterDefinition counter, CounterSnapshot snapshot, DateTimeOffset now)
    {
        (_snapshot, _now) = (snapshot, now.UtcTicks);
        var isOpen = snapshot.Status == CounterStatus.Open;
        var plan = Plan(hall, counter, now);
        var current = plan.FirstOrDefault(p => p.From <= _now && _now < p.To);
        var later = plan.Where(p => p.From > _now);
        // The plan says when an open counter ends; one that is open outside of its plan stays, and so does one without a plan.
        if (isOpen) _open = [(long.MinValue, current.To > 0 ? current.To : long.MaxValue), .. later];
        else if (current.To > 0) (_open, _absent) = ([current, .. later], true);
        else _open = snapshot.Status == CounterStatus.Paused ? [(_now, long.MaxValue)] : [.. later];
        _absent |= snapshot.Status == CounterStatus.Paused;
    }

    /// <summary>Whether it will ever call.</summary>
    public bool WillServe => _open.Length > 0;

    /// <summary>Sets a counter up for one future.</summary>
    public void Prepare(RunCounter counter, SeededRandom random, FutureDraws draws, Func<string, int> serviceOf, bool somebodyWaits)
    {
        counter.TurnsBefore = _snapshot.Turns;
        counter.Open = _open;
        if (_absent)
        {
            var back = _now + (long)(Absence.Ticks * random.NextExponential());
            counter.Open = [.. _open.Where(o => o.To > back).Select(o => (Math.Max(o.From, back), o.To))];
        }

        counter.BusyUntil = _snapshot switch
        {
            { Busy: { } busy } => _now + draws.Remaining(serviceOf(busy.Service), _now - busy.CalledAt.UtcTicks, busy.Started) + draws.Changeover(),
            // Free for longer, it has nobody to call and is ready.
            { FreeSince: { } since } when somebodyWaits && _now - since.UtcTicks < ChangeoverAtMost.Ticks => _now + draws.RemainingChangeover(_now - since.UtcTicks),
            _ => long.MinValue,
        };
    }

    // Who waits at the hall's closing is served out, so the last interval of the day has no end.
    private static List<(long From, long To)> Plan(HallDefinition hall, CounterDefinition counter, DateTimeOffset now)
    {
        if (counter.Hours.IsEmpty) return [];
        var day = hall.DayAt(now);
        var closing = hall.Counters.SelectMany(c => c.Hours).Max(h => h.To);
        return [.. counter.Hours.Select(h => (hall.At(day, h.From).UtcTicks, h.To == closing ? long.MaxValue : hall.At(day, h.To).UtcTicks))];
    }
}
