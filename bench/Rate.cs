using System.Diagnostics;

namespace OneStop.Bench;

/// <summary>Counts what several callers do in a second, each one thing after the other.</summary>
public static class Rate
{
    /// <summary>Lets callers work and gives how much they did a second, after a tenth of the time to warm up.</summary>
    /// <param name="callers">How many work at the same time.</param>
    /// <param name="duration">How long is counted.</param>
    /// <param name="work">Works until stopped, calling <c>done</c> for each thing done; ends early when nothing is left.</param>
    public static async Task<double> MeasureAsync(int callers, TimeSpan duration, Func<int, Action, CancellationToken, Task> work)
    {
        // Each caller counts in a cache line of its own.
        const int line = 16;
        var counts = new long[callers * line];
        using var stop = new CancellationTokenSource();
        var tasks = Enumerable.Range(0, callers)
            .Select(caller => Task.Run(() => work(caller, () => Volatile.Write(ref counts[caller * line], counts[caller * line] + 1), stop.Token)))
            .ToArray();
        var ended = Task.WhenAny(tasks);
        await Task.WhenAny(Task.Delay(duration / 10), ended);
        var (before, clock) = (Total(counts), Stopwatch.StartNew());
        await Task.WhenAny(Task.Delay(duration), ended);
        var perSecond = (Total(counts) - before) / clock.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(tasks);
        return perSecond;

        static long Total(long[] counts) => counts.Sum();
    }
}
