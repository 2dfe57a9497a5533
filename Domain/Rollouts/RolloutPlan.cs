using System.Text.Json.Serialization;
using OneStop.Domain.Calendars;
using Orleans;

namespace OneStop.Domain.Rollouts;

/// <summary>What is brought to running cases.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<RolloutKind>))]
public enum RolloutKind
{
    /// <summary>A version of a calendar (A11).</summary>
    Calendar,

    /// <summary>The time rule of an item (S5).</summary>
    TimeRule,

    /// <summary>A version of an item, to which cases migrate (A1).</summary>
    Item,
}

/// <summary>Brings a changed definition to every running case, or tries out what that would do.</summary>
/// <param name="Kind">What is brought.</param>
/// <param name="Code">Code of the calendar, or of the item.</param>
/// <param name="Version">The version that cases are to have: of the calendar, the time rule or the item.</param>
/// <param name="Definitions">How far the record of the definitions has to be read for it: its head.</param>
/// <param name="DryRun">Whether nothing is to change.</param>
[GenerateSerializer, Immutable]
public sealed record RolloutPlan(RolloutKind Kind, string Code, int Version, long Definitions, bool DryRun)
{
    /// <summary>The calendar that is tried out. Default: null, it is in force.</summary>
    [Id(0)]
    public CalendarDefinition? Proposed { get; init; }

    /// <summary>Code of the time rule that cases are to have. Default: null, this is no rollout of a time rule.</summary>
    [Id(1)]
    public string? Rule { get; init; }
}
