using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;

namespace OneStop.Domain.Licences;

/// <summary>
/// When the terms of a licence end: a term of months ends with the day of the same number, or the last of a shorter month, at
/// 24:00; the day it begins on is not counted (民法典, articles 201 to 203).
/// </summary>
internal static class LicenceTerms
{
    public static DateTimeOffset? FirstEnd(WorkingCalendar calendar, DateTimeOffset from, int? months) =>
        months is { } term ? calendar.EndOf(calendar.DateOf(from).AddMonths(term)) : null;

    /// <summary>The end of a term of as long again.</summary>
    public static DateTimeOffset Again(WorkingCalendar calendar, DateTimeOffset end, int months) =>
        calendar.EndOf(calendar.DateOf(end.AddTicks(-1)).AddMonths(months));

    /// <summary>The next inspection after an instant. Counted from the issue, so that a short month does not move the later ones.</summary>
    public static DateTimeOffset InspectionAfter(WorkingCalendar calendar, DateTimeOffset issued, int months, DateTimeOffset after)
    {
        var first = calendar.DateOf(issued);
        for (var ordinal = 1; ; ordinal++)
            if (calendar.EndOf(first.AddMonths(ordinal * months)) is var due && due > after)
                return due;
    }

    /// <summary>The number of the licence that a case makes: a case makes one at most, so nobody has to be asked for it.</summary>
    public static string NumberOf(ApplicationState application) => "L" + application.Number;
}
