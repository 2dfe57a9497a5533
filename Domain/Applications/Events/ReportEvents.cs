using OneStop.Domain.Catalogue;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>An outside system reported that a case started.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">Who reported it.</param>
/// <param name="Number">The case's number there.</param>
/// <param name="Item">The item, with the deadline of this case when one was reported.</param>
/// <param name="Start">When it started, as reported; the statutory clock starts here.</param>
[GenerateSerializer, Immutable, EventType("application.start-reported", 1)]
public sealed record StartReported(DateTimeOffset At, string Actor, string Number, ItemDefinition Item, DateTimeOffset Start)
    : ApplicationEvent(At, Actor)
{
    /// <summary>The version of the calendar that the case is planned by. Default: 0, the one that came with the program of the time.</summary>
    [Id(0)]
    public int CalendarVersion { get; init; }
}

/// <summary>An outside system reported something as done.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">Who reported it.</param>
/// <param name="Activity">What was done.</param>
[GenerateSerializer, Immutable, EventType("application.activity-reported", 1)]
public sealed record ActivityReported(DateTimeOffset At, string Actor, ReportedActivity Activity) : ApplicationEvent(At, Actor);

/// <summary>An outside system reported that a case ended; its clocks stop at the reported end.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">Who reported it.</param>
/// <param name="End">When it ended, as reported.</param>
[GenerateSerializer, Immutable, EventType("application.end-reported", 1)]
public sealed record EndReported(DateTimeOffset At, string Actor, DateTimeOffset End) : ApplicationEvent(At, Actor);
