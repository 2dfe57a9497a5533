namespace OneStop.EmbeddedRuntime;

/// <summary>A timer of a virtual clock.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider clock, TimerCallback callback, object? state, long number) : ITimer
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private volatile bool _disposed;

    /// <summary>The how-manieth timer of its clock this is.</summary>
    public long Number => number;

    /// <summary>Changes whenever the timer is set, so that the queue knows its outdated entries.</summary>
    public int Setting { get; set; }

    public bool Armed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        if (_disposed)
        {
            return false;
        }

        _period = period;
        clock.Arm(this, dueTime);
        return true;
    }

    public void Fire()
    {
        // It may have been disposed or set anew by one that fired at the same instant.
        if (_disposed || Armed)
        {
            return;
        }

        if (_period > TimeSpan.Zero)
        {
            clock.Arm(this, _period);
        }

        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, static s => ((VirtualTimer)s!).Call(), this);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        clock.Arm(this, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Call() => callback(state);
}
