using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Calendars;

namespace OneStop.Domain.Catalogue;

/// <summary>
/// The working calendars that a town counts by: the facts that come with the system, then the years of its catalogue,
/// then the days that were declared one by one. What comes later says what a day is.
/// </summary>
public static class TownCalendars
{
    /// <summary>Codes of a town's calendars, <c>cn</c> always among them.</summary>
    public static ImmutableArray<string> Codes(TownDefinition town) =>
    [
        .. town.Calendars.Select(year => year.Code).Concat(town.DeclaredDays.Select(day => day.Calendar))
            .Append(PublishedCalendars.China().Code).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>A calendar as a town defines it, in version 1.</summary>
    public static CalendarDefinition Of(TownDefinition town, string code)
    {
        var known = code == PublishedCalendars.China().Code ? PublishedCalendars.China().Definition : new CalendarDefinition { Code = code, PublishedYears = [] };
        foreach (var year in town.Calendars.Where(year => year.Code == code))
            known = known.With(year.Year, year.Days.AsSpan());
        var declared = town.DeclaredDays.Where(day => day.Calendar == code).Select(day => new DayFact(day.Date, day.Name, day.IsOff));
        return known.With(null, declared.ToArray()) with { Version = 1 };
    }

    /// <summary>The town with further facts; a year and a day replace what was said of the same.</summary>
    public static TownDefinition With(this TownDefinition town, CalendarChange change)
    {
        var years = change.Year is { } published
            ? town.Calendars.RemoveAll(year => (year.Code, year.Year) == (published.Code, published.Year)).Add(published)
            : town.Calendars;
        var days = town.DeclaredDays.RemoveAll(day => change.Days.Any(other => (other.Calendar, other.Date) == (day.Calendar, day.Date))).AddRange(change.Days);
        return town with { Calendars = years, DeclaredDays = [.. days.OrderBy(day => day.Calendar, StringComparer.Ordinal).ThenBy(day => day.Date)] };
    }

    /// <summary>Whether two versions of a calendar say the same.</summary>
    internal static bool SaysTheSame(CalendarDefinition one, CalendarDefinition other) =>
        JsonSerializer.Serialize(one with { Version = 1 }) == JsonSerializer.Serialize(other with { Version = 1 });
}

/// <summary>A day that an administrator declared off or worked (A11), whatever was published of it.</summary>
/// <param name="Calendar">Code of the calendar.</param>
/// <param name="Date">The day, local to the calendar.</param>
/// <param name="Name">Why, for people.</param>
/// <param name="IsOff">Off, or worked.</param>
[Orleans.GenerateSerializer, Orleans.Immutable]
public sealed record DeclaredDay(string Calendar, DateOnly Date, string Name, bool IsOff);

/// <summary>What is new of a calendar.</summary>
/// <param name="Calendar">Code of the calendar.</param>
/// <param name="Year">A year's arrangement; null when only days are declared.</param>
/// <param name="Days">Days declared one by one.</param>
[Orleans.GenerateSerializer, Orleans.Immutable]
public sealed record CalendarChange(string Calendar, CalendarYear? Year, ImmutableArray<DeclaredDay> Days);
