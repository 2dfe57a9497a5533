using System.Collections.Immutable;
using System.Text.Json;

namespace OneStop.Domain.Calendars;

/// <summary>The calendars that come with the system.</summary>
public static class PublishedCalendars
{
    private static readonly Lazy<CalendarDefinition> ChinaDefinition = new(ReadChina);
    private static readonly Lazy<WorkingCalendar> ChinaCalendar = new(() => new WorkingCalendar(ChinaDefinition.Value));

    /// <summary>
    /// The calendar <c>cn</c>: days off and make-up working days as the State Council published them, 2007 to 2026,
    /// in Asia/Shanghai. Days of other years count weekends only and are provisional.
    /// </summary>
    public static WorkingCalendar China() => ChinaCalendar.Value;

    /// <summary>A calendar that knows weekends only and never is provisional.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="timeZone">IANA name of its time zone.</param>
    /// <exception cref="OneStopException"><c>validation</c>: the time zone is unknown.</exception>
    public static WorkingCalendar WeekendsOnly(string code, string timeZone) =>
        new(new CalendarDefinition { Code = code, TimeZone = timeZone });

    /// <summary>Reads a year's arrangement in the holiday-cn form.</summary>
    /// <param name="utf8Json">The file. A day in it may belong to the end of the year before.</param>
    /// <returns>The year that it publishes and its days.</returns>
    /// <exception cref="OneStopException"><c>validation</c>: it is not in that form.</exception>
    public static (int Year, ImmutableArray<DayFact> Days) ReadYear(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            var file = JsonSerializer.Deserialize<HolidayFile>(utf8Json, JsonSerializerOptions.Web);
            if (file is null || file.Days.IsDefault || file.Year is < 1 or > 9998)
                throw Refusals.Validation("", "not-holiday-cn", "The file needs a year and its days.");
            return (file.Year, [.. file.Days.Select(d => new DayFact(d.Date, d.Name, d.IsOffDay))]);
        }
        catch (JsonException fault)
        {
            throw Refusals.Validation(fault.Path ?? "", "not-holiday-cn", "The file is not in the holiday-cn form: " + fault.Message);
        }
    }

    private static CalendarDefinition ReadChina()
    {
        var assembly = typeof(PublishedCalendars).Assembly;
        var days = new SortedDictionary<DateOnly, DayFact>();
        var years = new SortedSet<int>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("calendars/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var (year, facts) = ReadYear(bytes);
            years.Add(year);
            foreach (var fact in facts)
                days[fact.Date] = fact;
        }

        return new CalendarDefinition { Code = "cn", Days = [.. days.Values], PublishedYears = [.. years] };
    }

    private sealed record HolidayFile(int Year, ImmutableArray<HolidayDay> Days);

    private sealed record HolidayDay(string Name, DateOnly Date, bool IsOffDay);
}
