using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>
/// Something that happened to a case. Events hold no personal data: people stand in them as accounts, registration
/// numbers and references to documents that can be corrected and erased.
/// </summary>
/// <param name="At">When it was recorded; never before the event ahead of it. Microseconds.</param>
/// <param name="Actor">The account that caused it; <c>public</c> or <c>system</c> when it is nobody's.</param>
[GenerateSerializer, Immutable]
public abstract record ApplicationEvent(DateTimeOffset At, string Actor) : IDomainEvent;
