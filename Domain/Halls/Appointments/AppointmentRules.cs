using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls.Appointments;

/// <summary>The rules of appointments (H8).</summary>
public static class AppointmentRules
{
    /// <summary>The slots of a day, how many places each still has, and when whoever books it now is reminded.</summary>
    /// <param name="book">The book of the service and day.</param>
    /// <param name="hall">The hall.</param>
    /// <param name="service">Code of the service.</param>
    /// <param name="day">The day.</param>
    /// <param name="canRemind">Whether there is a channel that reaches a telephone.</param>
    /// <param name="now">The present.</param>
    public static ImmutableArray<FreeSlot> Slots(
        AppointmentBook book, HallDefinition hall, string service, DateOnly day, bool canRemind, DateTimeOffset now)
    {
        var capacity = hall.Service(service).AppointmentsPerSlot;
        if (hall.Appointments is not { } plan || capacity == 0 || DayFault(plan, hall.DayAt(now), day) is not null) return [];
        return
        [
            .. plan.Slots.Select(s => hall.At(day, s)).Where(at => at > now).Select(at => new FreeSlot(at, Math.Max(0, capacity - book.Taken(at)))
            {
                RemindAt = canRemind && ReminderRules.InstantOf(plan, at, now) is { } instant ? hall.LocalOf(instant) : null,
            }),
        ];
    }

    /// <summary>Books a slot.</summary>
    /// <param name="book">The book of the service and day.</param>
    /// <param name="hall">The hall.</param>
    /// <param name="command">What is booked.</param>
    /// <param name="openElsewhere">The person's open appointment for this service on another day; null when there is none.</param>
    /// <param name="actor">Who books.</param>
    /// <param name="now">When.</param>
    public static Decision<AppointmentEvent> Book(
        AppointmentBook book, HallDefinition hall, BookAppointment command, string? openElsewhere, string actor, DateTimeOffset now)
    {
        var capacity = hall.Service(command.Service).AppointmentsPerSlot;
        if (hall.Appointments is not { } plan || capacity == 0)
            return Refusals.Conflict("service-closed", "This service takes no appointments; take a ticket in the hall.");
        if (command.Slot <= now)
            return Refusals.Validation("/slot", "in-the-past", "This time has passed; choose a later one.");
        var day = hall.DayAt(command.Slot);
        if (DayFault(plan, hall.DayAt(now), day) is { } fault)
            return Refusals.Validation(fault);
        if (!plan.Slots.Any(s => hall.At(day, s) == command.Slot))
            return Refusals.Validation("/slot", "unknown-slot", "No slot begins at this time; choose one of those offered.");
        if (openElsewhere is not null || book.Appointments.Values.Any(a => a.State == AppointmentState.Open && a.Person == command.Person))
            return Refusals.Conflict("already-booked", "There is an open appointment for this service already: keep it or cancel it first.");
        if (book.Taken(command.Slot) >= capacity)
            return Refusals.Conflict("over-capacity", "This slot is full; choose another one.");
        return Decision<AppointmentEvent>.Of(new AppointmentBooked(
            now,
            actor,
            new Appointment(command.AppointmentId, command.Service, command.Slot, command.Person)
            {
                Application = command.Application,
                RemindAt = command.CanBeReminded ? ReminderRules.InstantOf(plan, command.Slot, now) : null,
            }));
    }

    /// <summary>Gives an open appointment up.</summary>
    public static Decision<AppointmentEvent> Cancel(AppointmentBook book, string appointmentId, string actor, DateTimeOffset now) =>
        Open(book, appointmentId, _ => Decision<AppointmentEvent>.Of(new AppointmentCancelled(now, actor, appointmentId)));

    /// <summary>The visitor has come: in time with an appointment's ticket, late with an ordinary one.</summary>
    public static Decision<AppointmentEvent> CheckIn(
        AppointmentBook book, HallDefinition hall, string appointmentId, string ticketId, string actor, DateTimeOffset now) =>
        Open(book, appointmentId, appointment =>
        {
            var plan = hall.Appointments ?? new AppointmentPlan(TimeSpan.FromMinutes(30), []);
            if (hall.DayAt(now) != hall.DayAt(appointment.Slot) || now < appointment.Slot - plan.Early)
                return Refusals.WrongState($"This appointment can be checked in from {appointment.Slot - plan.Early:yyyy-MM-dd HH:mm} on, on its day.");
            var segment = now <= appointment.Slot + plan.Slot + plan.Late ? Segment.Appointment : Segment.Ordinary;
            return Decision<AppointmentEvent>.Of(new AppointmentKept(now, actor, appointmentId, ticketId, segment));
        });

    /// <summary>Ends the day: who has not come has missed the appointment.</summary>
    public static Decision<AppointmentEvent> EndDay(AppointmentBook book, string actor, DateTimeOffset now) =>
        book.Appointments.Values.Where(a => a.State == AppointmentState.Open).OrderBy(a => a.Slot).ThenBy(a => a.Id, StringComparer.Ordinal)
            .Select(a => (AppointmentEvent)new AppointmentMissed(now, actor, a.Id)).ToImmutableArray();

    private static Decision<AppointmentEvent> Open(AppointmentBook book, string id, Func<Appointment, Decision<AppointmentEvent>> decide) =>
        !book.Appointments.TryGetValue(id, out var appointment) ? Refusals.Unknown("appointment", id)
        : appointment.State != AppointmentState.Open ? Refusals.WrongState("This appointment is not open any more.")
        : decide(appointment);

    private static Fault? DayFault(AppointmentPlan plan, DateOnly today, DateOnly day) =>
        day < today ? new Fault("/slot", "in-the-past", "This day has passed; choose a later one.")
        : plan.BlackoutDays.Contains(day) ? new Fault("/slot", "blackout-day", "There are no appointments on this day; choose another one.")
        : day > today.AddDays(plan.DaysAhead) ? new Fault("/slot", "too-far-ahead", $"Appointments can be booked {plan.DaysAhead} days ahead.")
        : null;
}

/// <summary>Books a slot.</summary>
/// <param name="AppointmentId">Its unguessable id, made at the edge.</param>
/// <param name="Service">The service.</param>
/// <param name="Slot">When the slot begins.</param>
/// <param name="Person">The person's registration number.</param>
/// <param name="Application">The running case whose handler is to be met. Default: none.</param>
/// <param name="CanBeReminded">Whether there is a telephone number. Default: there is none.</param>
[GenerateSerializer, Immutable]
public sealed record BookAppointment(
    string AppointmentId, string Service, DateTimeOffset Slot, string Person, string? Application = null, bool CanBeReminded = false);

/// <summary>A slot that can be booked.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Free">Places left.</param>
[GenerateSerializer, Immutable]
public sealed record FreeSlot(DateTimeOffset At, int Free)
{
    /// <summary>When whoever books it now and leaves a telephone number is reminded. Default: null, nobody is.</summary>
    [Id(0)]
    public DateTimeOffset? RemindAt { get; init; }
}
