namespace OneStop.Grains.Measures;

/// <summary>
/// What the grains of this process measure. Labels are words of the town's definition (department, hall) and of the
/// rules; never a case, a ticket, a person or a counter.
/// </summary>
/// <param name="time">The clock in force.</param>
public sealed class TownMeasures(TimeProvider time) : IDisposable
{
    internal SupervisionMeasures Supervision { get; } = new(time);

    internal HallMeasures Halls { get; } = new(time);

    internal DeadlineMeasures Deadlines { get; } = new(time);

    internal FeedMeasures Feeds { get; } = new(time);

    internal NoticeMeasures Notices { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Supervision.Dispose();
        Halls.Dispose();
        Deadlines.Dispose();
        Feeds.Dispose();
        Notices.Dispose();
    }
}
