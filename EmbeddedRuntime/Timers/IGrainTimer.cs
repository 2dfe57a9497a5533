namespace Orleans.Runtime;

/// <summary>A timer of a grain.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets the timer anew; said during a tick, it counts from the end of that tick.</summary>
    /// <param name="dueTime">From now to the next tick; infinite for none.</param>
    /// <param name="period">From the end of a tick to the next; infinite for one tick only.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative (and not infinite) or too long for a timer.</exception>
    void Change(TimeSpan dueTime, TimeSpan period);
}
