namespace OneStop.EmbeddedRuntime;

/// <summary>How a simulation runs.</summary>
public sealed record SimulationOptions
{
    /// <summary>Draws the order of turns; null for first come, first served. Default: null.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Where the clock stands at first. Default: the first instant of the year 2000, UTC.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Whether <see cref="Simulation.Run(Func{Task})"/> moves the clock to the next timer when nothing is runnable. Default: true.</summary>
    public bool AdvanceWhenWaiting { get; init; } = true;

    /// <summary>How far one run may move the clock before it counts as stalled: a periodic timer would otherwise hide a stall. Default: 31 days.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(31);

    /// <summary>
    /// Whether work may come from other threads without <see cref="Simulation.HoldClock"/>. The order of turns then depends on those threads.
    /// Default: false.
    /// </summary>
    public bool AllowForeignThreads { get; init; }

    /// <summary>
    /// How long, in real time, a simulation in which nothing is runnable waits for another thread before it counts as stalled. Default: zero;
    /// 10 seconds where foreign threads are allowed.
    /// </summary>
    public TimeSpan? StallGrace { get; init; }
}
