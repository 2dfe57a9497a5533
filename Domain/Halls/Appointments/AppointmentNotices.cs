using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OneStop.Domain.Notices;

namespace OneStop.Domain.Halls.Appointments;

/// <summary>What whoever booked is told. Nothing personal stands in it.</summary>
public static class AppointmentNotices
{
    /// <summary>The notices that go with events.</summary>
    /// <param name="book">The book after them.</param>
    /// <param name="events">The events.</param>
    /// <param name="hall">The hall.</param>
    public static ImmutableArray<Notice> Of(AppointmentBook book, ImmutableArray<AppointmentEvent> events, HallDefinition hall) =>
        [.. events.OfType<AppointmentReminded>().Select(reminded => Reminder(book.Appointments[reminded.AppointmentId], reminded.At, hall))];

    /// <summary>
    /// Id of the document that says who comes. Whoever knows an appointment's id holds it, and a notice's audience is shown to
    /// administrators: so the document bears a hash of the id.
    /// </summary>
    public static string DocumentOf(string appointmentId) => "appointment/" + MarkOf(appointmentId);

    private static Notice Reminder(Appointment appointment, DateTimeOffset at, HallDefinition hall)
    {
        var service = hall.Service(appointment.Service).Name;
        var slot = hall.LocalOf(appointment.Slot);
        var when = slot.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new Notice(
            $"appointment.{MarkOf(appointment.Id)}.reminder",
            at,
            "appointmentReminder",
            null,
            new LocalizedText($"预约提醒：{when}", $"Your appointment on {when}"),
            new LocalizedText(
                $"您预约了 {when} 到{hall.Name.Zh}办理{service.Zh}，请按时到场取号。如不能前来，请提前取消预约。",
                $"You have an appointment on {when} at {hall.Name.En}: {service.En}. Please check in on time, or cancel it if you cannot come."),
            Audience.Person(appointment.Person, DocumentOf(appointment.Id)));
    }

    private static string MarkOf(string appointmentId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(appointmentId)).AsSpan(0, 16));
}
