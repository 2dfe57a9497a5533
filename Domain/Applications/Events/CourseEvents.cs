using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>A special procedure began (article 45): the other clocks stand still, its own clock runs.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">Who began it.</param>
/// <param name="Procedure">The procedure.</param>
/// <param name="Days">Its announced length in working days.</param>
/// <param name="From">When it began.</param>
[GenerateSerializer, Immutable, EventType("application.suspended", 1)]
public sealed record ApplicationSuspended(DateTimeOffset At, string Actor, SpecialProcedure Procedure, int Days, DateTimeOffset From)
    : ApplicationEvent(At, Actor);

/// <summary>The special procedure ended.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who ended it.</param>
[GenerateSerializer, Immutable, EventType("application.resumed", 1)]
public sealed record ApplicationResumed(DateTimeOffset At, string Actor) : ApplicationEvent(At, Actor);

/// <summary>A special procedure that had begun and ended was entered afterwards (S5).</summary>
/// <param name="At">When it was entered.</param>
/// <param name="Actor">Who entered it.</param>
/// <param name="Procedure">The procedure.</param>
/// <param name="Days">Its announced length in working days.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended.</param>
[GenerateSerializer, Immutable, EventType("application.suspension-recorded", 1)]
public sealed record SuspensionRecorded(
    DateTimeOffset At,
    string Actor,
    SpecialProcedure Procedure,
    int Days,
    DateTimeOffset From,
    DateTimeOffset To) : ApplicationEvent(At, Actor);

/// <summary>The time limit was extended, once (article 42).</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The head who approved it.</param>
/// <param name="WorkingDays">Working days added to the statutory and the committed limit.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason told to the applicant.</param>
[GenerateSerializer, Immutable, EventType("application.extended", 1)]
public sealed record ApplicationExtended(DateTimeOffset At, string Actor, int WorkingDays, string ReasonReference) : ApplicationEvent(At, Actor);

/// <summary>The applicant withdrew.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who recorded it.</param>
[GenerateSerializer, Immutable, EventType("application.withdrawn", 1)]
public sealed record ApplicationWithdrawn(DateTimeOffset At, string Actor) : ApplicationEvent(At, Actor);

/// <summary>The decision was made; the clocks stop and the delivery clock starts (article 44).</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who decided.</param>
/// <param name="Outcome">Granted or denied.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason; null when granted without one.</param>
[GenerateSerializer, Immutable, EventType("application.decided", 1)]
public sealed record ApplicationDecided(DateTimeOffset At, string Actor, ApplicationOutcome Outcome, string? ReasonReference)
    : ApplicationEvent(At, Actor);

/// <summary>The decision was delivered.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who delivered it.</param>
[GenerateSerializer, Immutable, EventType("application.delivered", 1)]
public sealed record ApplicationDelivered(DateTimeOffset At, string Actor) : ApplicationEvent(At, Actor);
