using System.Diagnostics;

namespace OneStop.Bench.Halls;

/// <summary>Starts commands at a fixed rate over all who send them, so that a slow answer delays nobody else's.</summary>
/// <param name="perSecond">How many a second.</param>
public sealed class Pace(int perSecond)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private long next = -1;

    /// <summary>Waits for the next start. Gives when it should have been: latencies count from there.</summary>
    public async ValueTask<TimeSpan> NextAsync(CancellationToken stop)
    {
        var at = TimeSpan.FromSeconds((double)Interlocked.Increment(ref next) / perSecond);
        var wait = at - clock.Elapsed;
        if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait, stop);
        return clock.Elapsed;
    }

    /// <summary>How long since an instant given by <see cref="NextAsync"/>.</summary>
    public TimeSpan Since(TimeSpan start) => clock.Elapsed - start;
}
