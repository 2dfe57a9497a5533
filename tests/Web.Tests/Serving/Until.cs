namespace OneStop.Web.Tests.Serving;

/// <summary>Waits for something to come true; a time-out names what did not.</summary>
internal static class Until
{
    /// <summary>Generous: a slow machine is no fault of the program's.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>The task's value.</summary>
    public static async Task<T> Comes<T>(string what, Task<T> task)
    {
        try
        {
            return await task.WaitAsync(Most);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"This did not come within {Most.TotalSeconds} s: {what}.");
        }
    }

    /// <summary>Asks again and again until the answer will do.</summary>
    public static async Task<T> Holds<T>(string what, Func<Task<T>> ask, Func<T, bool> will)
    {
        using var end = new CancellationTokenSource(Most);
        using var pause = new PeriodicTimer(Between);
        T last;
        do
        {
            last = await ask();
            if (will(last)) return last;
        }
        while (await TickAsync(pause, end.Token));
        throw new TimeoutException($"This did not come within {Most.TotalSeconds} s: {what}. The last answer was: {last}");
    }

    /// <summary>Waits until the clock has passed an instant.</summary>
    public static async Task Passed(DateTimeOffset instant)
    {
        using var pause = new PeriodicTimer(Between);
        while (DateTimeOffset.UtcNow <= instant) await pause.WaitForNextTickAsync();
    }

    private static async Task<bool> TickAsync(PeriodicTimer pause, CancellationToken end)
    {
        try
        {
            return await pause.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
