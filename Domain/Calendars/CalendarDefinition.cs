using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Calendars;

/// <summary>A day that is not what its place in the week says.</summary>
/// <param name="Date">The day, local to the calendar.</param>
/// <param name="Name">The holiday it belongs to.</param>
/// <param name="IsOff">Off (a holiday) or worked (a make-up working day).</param>
[GenerateSerializer, Immutable]
public sealed record DayFact(DateOnly Date, string Name, bool IsOff);

/// <summary>A stretch of office hours, local time.</summary>
/// <param name="From">When it opens.</param>
/// <param name="To">When it closes, the same day.</param>
[GenerateSerializer, Immutable]
public sealed record OfficeSession(TimeOnly From, TimeOnly To);

/// <summary>A working calendar as data: what an administrator publishes and what is stored.</summary>
[GenerateSerializer, Immutable]
public sealed record CalendarDefinition
{
    /// <summary>Its code, such as <c>cn</c>.</summary>
    [Id(0)]
    public required string Code { get; init; }

    /// <summary>Grows with each change. Default: 1.</summary>
    [Id(1)]
    public int Version { get; init; } = 1;

    /// <summary>IANA name of the time zone whose midnight ends a day. Default: Asia/Shanghai.</summary>
    [Id(2)]
    public string TimeZone { get; init; } = "Asia/Shanghai";

    /// <summary>Days off and make-up working days. Default: none.</summary>
    [Id(3)]
    public ImmutableArray<DayFact> Days { get; init; } = [];

    /// <summary>
    /// The years whose arrangement is published; days of other years are provisional.
    /// Default: null, nothing is ever published and weekends are all there is to know.
    /// </summary>
    [Id(4)]
    public ImmutableArray<int>? PublishedYears { get; init; }

    /// <summary>Office hours of a working day, in order and without overlap. Default: 09:00-12:00 and 14:00-17:00.</summary>
    [Id(5)]
    public ImmutableArray<OfficeSession> OfficeHours { get; init; } =
        [new(new TimeOnly(9, 0), new TimeOnly(12, 0)), new(new TimeOnly(14, 0), new TimeOnly(17, 0))];

    /// <summary>The calendar with further facts; a fact replaces the one of the same day. The version grows by one.</summary>
    /// <param name="year">A year that counts as published from now on; null when only days change.</param>
    /// <param name="facts">The facts.</param>
    public CalendarDefinition With(int? year, params ReadOnlySpan<DayFact> facts)
    {
        var days = Days.ToDictionary(d => d.Date);
        foreach (var fact in facts)
            days[fact.Date] = fact;
        return this with
        {
            Version = Version + 1,
            Days = [.. days.Values.OrderBy(d => d.Date)],
            PublishedYears = year is null ? PublishedYears : [.. (PublishedYears ?? []).Append(year.Value).Distinct().Order()],
        };
    }
}
