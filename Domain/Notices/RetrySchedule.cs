namespace OneStop.Domain.Notices;

/// <summary>When what could not be delivered is tried again: each time after twice as long. It is never given up.</summary>
/// <param name="First">Pause after the first failure.</param>
/// <param name="Most">The longest pause.</param>
public sealed record RetrySchedule(TimeSpan First, TimeSpan Most)
{
    /// <summary>30 seconds, a minute, two and so on, at most an hour.</summary>
    public static RetrySchedule Default { get; } = new(TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));

    /// <summary>The pause after an attempt that failed.</summary>
    /// <param name="attempts">How often it was tried, at least once.</param>
    public TimeSpan PauseAfter(int attempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        var pause = First;
        for (var i = 1; i < attempts && pause < Most; i++)
            pause *= 2;
        return pause < Most ? pause : Most;
    }
}
