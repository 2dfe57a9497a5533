using System.Collections.Immutable;

namespace OneStop.Domain.Halls.Appointments;

/// <summary>When whoever booked is reminded (H8).</summary>
public static class ReminderRules
{
    /// <summary>
    /// The instant of a booking's reminder; null for none. Who books later than that has just chosen the time and is not told again.
    /// </summary>
    /// <param name="plan">The hall's plan.</param>
    /// <param name="slot">What is booked.</param>
    /// <param name="now">When it is booked.</param>
    public static DateTimeOffset? InstantOf(AppointmentPlan plan, DateTimeOffset slot, DateTimeOffset now) =>
        plan.RemindBefore is { } before && slot - before > now ? slot - before : null;

    /// <summary>Reminds of every open appointment whose instant has come. After an outage nobody is reminded of a slot that has begun.</summary>
    public static Decision<AppointmentEvent> Remind(AppointmentBook book, string actor, DateTimeOffset now) => Outstanding(book, now)
        .Where(a => a.RemindAt <= now).OrderBy(a => a.RemindAt).ThenBy(a => a.Id, StringComparer.Ordinal)
        .Select(a => (AppointmentEvent)new AppointmentReminded(now, actor, a.Id)).ToImmutableArray();

    /// <summary>When the next reminder is due; null when there is none to come.</summary>
    public static DateTimeOffset? Next(AppointmentBook book, DateTimeOffset now) => Outstanding(book, now).Min(a => a.RemindAt);

    private static IEnumerable<Appointment> Outstanding(AppointmentBook book, DateTimeOffset now) => book.Appointments.Values
        .Where(a => a.State == AppointmentState.Open && a.RemindAt is not null && a.RemindedAt is null && a.Slot > now);
}
