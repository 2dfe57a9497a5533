namespace OneStop.EmbeddedRuntime;

/// <summary>Something awaited can never come: nothing is runnable and no timer is left.</summary>
public sealed class SimulationStalledException : Exception
{
    /// <summary>Names what waits.</summary>
    /// <param name="message">A sentence.</param>
    /// <param name="waiting">The activations whose calls run or wait.</param>
    public SimulationStalledException(string message, IReadOnlyList<string> waiting)
        : base(waiting.Count == 0 ? message : $"{message}{Environment.NewLine}{string.Join(Environment.NewLine, waiting)}") =>
        Waiting = waiting;

    /// <summary>The activations whose calls run or wait.</summary>
    public IReadOnlyList<string> Waiting { get; }
}

/// <summary>Work came from another thread, so that the order of turns would not be the seed's alone.</summary>
public sealed class SimulationLeakException : Exception
{
    /// <summary>Shows where the work came from.</summary>
    /// <param name="stackTrace">The other thread's stack.</param>
    public SimulationLeakException(string stackTrace)
        : base("Work came from a thread outside of the simulation. Look for ConfigureAwait(false), Task.Run, BackgroundService, a real timer, "
            + "SemaphoreSlim.WaitAsync with a token, or WhenAll and WaitAsync over a TaskCompletionSource made with RunContinuationsAsynchronously; "
            + $"announce true I/O by HoldClock.{Environment.NewLine}{stackTrace}")
    {
    }
}
