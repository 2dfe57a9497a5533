using Orleans;

namespace OneStop.Domain.Halls.Appointments;

/// <summary>What happens in the appointment book of one service of a hall for one day.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Actor">Who caused it.</param>
[GenerateSerializer, Immutable]
public abstract record AppointmentEvent(DateTimeOffset At, string Actor) : IDomainEvent;

/// <summary>Somebody booked a slot.</summary>
[GenerateSerializer, Immutable, EventType("appointment.booked", 1)]
public sealed record AppointmentBooked(DateTimeOffset At, string Actor, Appointment Appointment) : AppointmentEvent(At, Actor);

/// <summary>It was given up; its place is free again.</summary>
[GenerateSerializer, Immutable, EventType("appointment.cancelled", 1)]
public sealed record AppointmentCancelled(DateTimeOffset At, string Actor, string AppointmentId) : AppointmentEvent(At, Actor);

/// <summary>The visitor came and has a ticket; who came late has an ordinary one.</summary>
[GenerateSerializer, Immutable, EventType("appointment.kept", 1)]
public sealed record AppointmentKept(DateTimeOffset At, string Actor, string AppointmentId, string TicketId, Segment Segment)
    : AppointmentEvent(At, Actor);

/// <summary>The day ended and the visitor had not come.</summary>
[GenerateSerializer, Immutable, EventType("appointment.missed", 1)]
public sealed record AppointmentMissed(DateTimeOffset At, string Actor, string AppointmentId) : AppointmentEvent(At, Actor);

/// <summary>Whoever comes was reminded: the notice goes out with this event.</summary>
[GenerateSerializer, Immutable, EventType("appointment.reminded", 1)]
public sealed record AppointmentReminded(DateTimeOffset At, string Actor, string AppointmentId) : AppointmentEvent(At, Actor);
