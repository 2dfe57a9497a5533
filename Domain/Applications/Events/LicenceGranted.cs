using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>The decision made a licence (证照); its own record begins in the same append.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who decided.</param>
/// <param name="Licence">The licence's number.</param>
/// <param name="ValidUntil">When its time is over; null for one without end.</param>
/// <param name="InspectionDueAt">By when it must be inspected first; null when it is not inspected.</param>
[GenerateSerializer, Immutable, EventType("application.licence-granted", 1)]
public sealed record LicenceGranted(DateTimeOffset At, string Actor, string Licence, DateTimeOffset? ValidUntil, DateTimeOffset? InspectionDueAt)
    : ApplicationEvent(At, Actor);
