using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>What happens in the queue of one service of a hall on one day.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Actor">Who caused it.</param>
[GenerateSerializer, Immutable]
public abstract record QueueEvent(DateTimeOffset At, string Actor) : IDomainEvent;

/// <summary>A ticket was taken.</summary>
[GenerateSerializer, Immutable, EventType("ticket.issued", 1)]
public sealed record TicketIssued(DateTimeOffset At, string Actor, Ticket Ticket) : QueueEvent(At, Actor);

/// <summary>A ticket left the queue for a counter.</summary>
[GenerateSerializer, Immutable, EventType("ticket.called", 1)]
public sealed record TicketCalled(DateTimeOffset At, string Actor, string TicketId, string Counter, CallReason Why) : QueueEvent(At, Actor);

/// <summary>A ticket came into this queue again from a counter.</summary>
[GenerateSerializer, Immutable, EventType("ticket.transferred-in", 1)]
public sealed record TicketTransferredIn(DateTimeOffset At, string Actor, Ticket Ticket) : QueueEvent(At, Actor);

/// <summary>The visitor gave the ticket up.</summary>
[GenerateSerializer, Immutable, EventType("ticket.cancelled", 1)]
public sealed record TicketCancelled(DateTimeOffset At, string Actor, string TicketId) : QueueEvent(At, Actor);

/// <summary>No more tickets are taken today; those still waiting have lapsed.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who closed it.</param>
/// <param name="Lapsed">Ids of the tickets that were still waiting, in the order of calling.</param>
[GenerateSerializer, Immutable, EventType("queue.closed", 1)]
public sealed record QueueClosed(DateTimeOffset At, string Actor, ImmutableArray<string> Lapsed) : QueueEvent(At, Actor);

/// <summary>Tickets are taken again.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who opened it.</param>
[GenerateSerializer, Immutable, EventType("queue.opened", 1)]
public sealed record QueueOpened(DateTimeOffset At, string Actor) : QueueEvent(At, Actor);
