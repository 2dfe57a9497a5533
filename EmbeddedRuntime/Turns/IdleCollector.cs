using Orleans.Configuration;

namespace OneStop.EmbeddedRuntime;

/// <summary>
/// Visits activations at the instant from which they may be idle long enough, rounded up to whole quanta. It has one timer, set to the next such
/// instant: nothing ticks while nobody is to be visited.
/// </summary>
internal sealed class IdleCollector : IDisposable
{
    // Within what every timer can hold; a longer wait is taken in several.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(40);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, List<Activation>> _visits = [];
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly long _age;
    private readonly long _quantum;
    private long _armedFor = long.MaxValue;

    public IdleCollector(TimeProvider clock, GrainCollectionOptions options)
    {
        _clock = clock;
        _age = Stamps(options.CollectionAge);
        _quantum = Math.Max(1, Stamps(options.CollectionQuantum));
        _timer = clock.CreateTimer(static s => ((IdleCollector)s!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When an activation used last at this timestamp is idle for long enough.</summary>
    public long AgesAt(long lastUsed) => Later(lastUsed, _age);

    /// <summary>A timestamp that much later.</summary>
    public long After(long timestamp, TimeSpan span) => Later(timestamp, Stamps(span));

    public void Visit(Activation activation, long at)
    {
        var rounded = (at / _quantum + 1) * _quantum;
        lock (_gate)
        {
            if (!_visits.TryGetValue(rounded, out var list))
            {
                _visits.Add(rounded, list = []);
            }

            list.Add(activation);
            Arm();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        var now = _clock.GetTimestamp();
        var due = new List<Activation>();
        lock (_gate)
        {
            _armedFor = long.MaxValue;
            while (_visits.Count > 0 && _visits.First() is var (at, list) && at <= now)
            {
                _visits.Remove(at);
                due.AddRange(list);
            }

            Arm();
        }

        due.ForEach(a => a.EndIfIdle(now));
    }

    // Within the lock.
    private void Arm()
    {
        if (_visits.Count > 0 && _visits.First().Key is var next && next < _armedFor)
        {
            _armedFor = next;
            var wait = _clock.GetElapsedTime(_clock.GetTimestamp(), next);
            _timer.Change(TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, s_longestWait.Ticks)), Timeout.InfiniteTimeSpan);
        }
    }

    // Never, rather than too late for a timestamp.
    private long Later(long timestamp, long by) => timestamp > long.MaxValue - by - _quantum ? long.MaxValue : timestamp + by;

    private long Stamps(TimeSpan span) => (long)(span.TotalSeconds * _clock.TimestampFrequency);
}
