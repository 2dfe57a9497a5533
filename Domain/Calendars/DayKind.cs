using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Calendars;

/// <summary>What a day is in a working calendar.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<DayKind>))]
public enum DayKind
{
    /// <summary>An ordinary working day (工作日).</summary>
    Workday,

    /// <summary>A Saturday or Sunday without work.</summary>
    Weekend,

    /// <summary>A statutory holiday, or a day off around it (节假日).</summary>
    Holiday,

    /// <summary>A Saturday or Sunday that is worked for a holiday (调休).</summary>
    MakeUpWorkday,
}

/// <summary>What a day is and why.</summary>
/// <param name="Date">The day, local to the calendar.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The holiday it belongs to; null on ordinary days and weekends.</param>
/// <param name="Provisional">The year's arrangement is not published yet: only weekends are known.</param>
[GenerateSerializer, Immutable]
public sealed record DayExplanation(DateOnly Date, DayKind Kind, string? Name, bool Provisional)
{
    /// <summary>Whether the day is worked.</summary>
    [JsonIgnore]
    public bool IsWorkday => Kind is DayKind.Workday or DayKind.MakeUpWorkday;
}
