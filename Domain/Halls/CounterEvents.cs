using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>What happens at one counter on one day.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Actor">Who caused it.</param>
[GenerateSerializer, Immutable]
public abstract record CounterEvent(DateTimeOffset At, string Actor) : IDomainEvent;

/// <summary>A clerk opened the counter for these services, or came back from a pause.</summary>
[GenerateSerializer, Immutable, EventType("counter.opened", 1)]
public sealed record CounterOpened(DateTimeOffset At, string Actor, ImmutableArray<string> Services) : CounterEvent(At, Actor);

/// <summary>The counter calls nobody for a while.</summary>
[GenerateSerializer, Immutable, EventType("counter.paused", 1)]
public sealed record CounterPaused(DateTimeOffset At, string Actor, string Reason) : CounterEvent(At, Actor);

/// <summary>The counter is closed.</summary>
[GenerateSerializer, Immutable, EventType("counter.closed", 1)]
public sealed record CounterClosed(DateTimeOffset At, string Actor) : CounterEvent(At, Actor);

/// <summary>A queue gave the counter this ticket.</summary>
[GenerateSerializer, Immutable, EventType("counter.ticket-assigned", 1)]
public sealed record TicketAssigned(DateTimeOffset At, string Actor, Ticket Ticket, CallReason Why) : CounterEvent(At, Actor);

/// <summary>The active ticket was called once more.</summary>
[GenerateSerializer, Immutable, EventType("counter.ticket-recalled", 1)]
public sealed record TicketRecalled(DateTimeOffset At, string Actor, string TicketId) : CounterEvent(At, Actor);

/// <summary>The visitor is at the counter.</summary>
[GenerateSerializer, Immutable, EventType("counter.service-started", 1)]
public sealed record ServiceStarted(DateTimeOffset At, string Actor, string TicketId) : CounterEvent(At, Actor);

/// <summary>Service ended.</summary>
[GenerateSerializer, Immutable, EventType("counter.service-finished", 1)]
public sealed record ServiceFinished(DateTimeOffset At, string Actor, string TicketId, string Outcome) : CounterEvent(At, Actor);

/// <summary>The visitor did not come.</summary>
[GenerateSerializer, Immutable, EventType("counter.no-show", 1)]
public sealed record VisitorDidNotCome(DateTimeOffset At, string Actor, string TicketId) : CounterEvent(At, Actor);

/// <summary>The active ticket was put aside.</summary>
[GenerateSerializer, Immutable, EventType("counter.ticket-held", 1)]
public sealed record TicketPutAside(DateTimeOffset At, string Actor, string TicketId) : CounterEvent(At, Actor);

/// <summary>A ticket that was put aside is active again.</summary>
[GenerateSerializer, Immutable, EventType("counter.ticket-resumed", 1)]
public sealed record TicketTakenUp(DateTimeOffset At, string Actor, string TicketId) : CounterEvent(At, Actor);

/// <summary>The day ended: the counter is closed and what was still there came to its end.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Left">Ids of the tickets that were still there.</param>
[GenerateSerializer, Immutable, EventType("counter.day-ended", 1)]
public sealed record CounterDayEnded(DateTimeOffset At, string Actor, ImmutableArray<string> Left) : CounterEvent(At, Actor);

/// <summary>The active ticket went to a queue: the same ticket (transfer) or continued by a new one (redirect).</summary>
[GenerateSerializer, Immutable, EventType("counter.ticket-handed-over", 1)]
public sealed record TicketHandedOver(DateTimeOffset At, string Actor, string TicketId, string Service, string? ContinuedBy) : CounterEvent(At, Actor);
