using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Appointments;
using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>Appointments to rows.</summary>
internal static class AppointmentRow
{
    public static RowChange Put(HallDefinition hall, Appointment appointment) => RowChange.Put(
        Tables.Appointments,
        appointment.Id,
        hall.Id,
        appointment.Service,
        hall.DayAt(appointment.Slot).ToString("O", CultureInfo.InvariantCulture),
        appointment.Slot.Micros(),
        appointment.Person,
        CamelCase.Of(appointment.State),
        appointment.State == AppointmentState.Open,
        appointment.TicketId,
        appointment.Application);
}
