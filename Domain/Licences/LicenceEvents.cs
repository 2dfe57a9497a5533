using OneStop.Domain.Catalogue;
using Orleans;

namespace OneStop.Domain.Licences;

/// <summary>What happens to a licence (证照).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">Who caused it.</param>
[GenerateSerializer, Immutable]
public abstract record LicenceEvent(DateTimeOffset At, string Actor) : IDomainEvent;

/// <summary>It was issued, in the append that decided its case.</summary>
/// <param name="At">When; it is valid from here.</param>
/// <param name="Actor">Who decided.</param>
/// <param name="Number">Its number.</param>
/// <param name="Application">Acceptance number of the case that granted it.</param>
/// <param name="Holder">Registration number (登记号) of its holder.</param>
/// <param name="Item">Code of the item.</param>
/// <param name="Department">Code of the department that answers for it.</param>
/// <param name="Calendar">Code of the calendar whose days end its terms.</param>
/// <param name="Standard">What the item's version said of it.</param>
/// <param name="ValidUntil">When its time is over; null for one without end.</param>
/// <param name="InspectionDueAt">By when it must be inspected first; null when it is not inspected.</param>
[GenerateSerializer, Immutable, EventType("licence.issued", 1)]
public sealed record LicenceIssued(
    DateTimeOffset At,
    string Actor,
    string Number,
    string Application,
    string Holder,
    string Item,
    string Department,
    string Calendar,
    LicenceStandard Standard,
    DateTimeOffset? ValidUntil,
    DateTimeOffset? InspectionDueAt) : LicenceEvent(At, Actor);

/// <summary>Its holder and its department were told that a term ends soon.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor"><c>system</c>.</param>
/// <param name="Term">The term.</param>
/// <param name="EndsAt">When it ends.</param>
[GenerateSerializer, Immutable, EventType("licence.reminded", 1)]
public sealed record LicenceReminded(DateTimeOffset At, string Actor, LicenceTerm Term, DateTimeOffset EndsAt) : LicenceEvent(At, Actor);

/// <summary>It was not inspected in time.</summary>
/// <param name="At">When that was recorded.</param>
/// <param name="Actor"><c>system</c>.</param>
/// <param name="DueAt">By when it had to be.</param>
[GenerateSerializer, Immutable, EventType("licence.inspection-missed", 1)]
public sealed record LicenceInspectionMissed(DateTimeOffset At, string Actor, DateTimeOffset DueAt) : LicenceEvent(At, Actor);

/// <summary>It was inspected.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who inspected it.</param>
/// <param name="Passed">Whether all was in order.</param>
/// <param name="OpinionReference">Reference of the document that holds the opinion; null without one.</param>
/// <param name="NextDueAt">By when it must be inspected next.</param>
[GenerateSerializer, Immutable, EventType("licence.inspected", 1)]
public sealed record LicenceInspected(DateTimeOffset At, string Actor, bool Passed, string? OpinionReference, DateTimeOffset NextDueAt)
    : LicenceEvent(At, Actor);

/// <summary>It was renewed (延续, article 50).</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who renewed it.</param>
/// <param name="ValidUntil">When its time is over now.</param>
[GenerateSerializer, Immutable, EventType("licence.renewed", 1)]
public sealed record LicenceRenewed(DateTimeOffset At, string Actor, DateTimeOffset ValidUntil) : LicenceEvent(At, Actor);

/// <summary>Its time was over and it had not been renewed.</summary>
/// <param name="At">When that was recorded.</param>
/// <param name="Actor"><c>system</c>.</param>
/// <param name="ExpiredAt">When its time was over.</param>
[GenerateSerializer, Immutable, EventType("licence.expired", 1)]
public sealed record LicenceExpired(DateTimeOffset At, string Actor, DateTimeOffset ExpiredAt) : LicenceEvent(At, Actor);

/// <summary>The department took it back (article 69).</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who revoked it.</param>
/// <param name="Basis">The law it rests on.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason.</param>
[GenerateSerializer, Immutable, EventType("licence.revoked", 1)]
public sealed record LicenceRevoked(DateTimeOffset At, string Actor, string Basis, string ReasonReference) : LicenceEvent(At, Actor);
