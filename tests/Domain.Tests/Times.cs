using System.Globalization;
using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Tests;

/// <summary>Instants and days as the tests write them; times are those of Shanghai.</summary>
internal static class Times
{
    public static WorkingCalendar China { get; } = PublishedCalendars.China();

    public static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    public static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>24:00 of a day.</summary>
    public static DateTimeOffset EndOf(string date) => At(date).AddDays(1);

    public static Clock Days(string start, int days, params Suspension[] suspensions) =>
        new(China, At(start), new WorkingDays(days), Counting.Days, [.. suspensions]);

    public static Clock Elapsed(string start, int days, params Suspension[] suspensions) =>
        new(China, At(start), new WorkingDays(days), Counting.Elapsed, [.. suspensions]);

    public static Suspension Suspended(string from, string? to, string reason = "hearing") =>
        new(At(from), to is null ? null : At(to), reason);
}
