using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Supervision;

/// <summary>What a reported activity means in the course of a case.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<Milestone>))]
public enum Milestone
{
    /// <summary>Work of any kind.</summary>
    None,

    /// <summary>The case was accepted.</summary>
    Acceptance,

    /// <summary>The case was approved.</summary>
    Approval,

    /// <summary>The case was refused or denied.</summary>
    Denial,
}

/// <summary>Something an outside system reports as done.</summary>
/// <param name="Time">When it was done, as reported.</param>
/// <param name="Activity">What was done.</param>
/// <param name="Resource">Who did it, by the outside system's code of the post or account.</param>
/// <param name="Group">The group or department.</param>
/// <param name="Milestone">What it means in the course of the case.</param>
/// <param name="GivesReason">Whether a reason came with it.</param>
[GenerateSerializer, Immutable]
public sealed record ReportedActivity(
    DateTimeOffset Time,
    string Activity,
    string? Resource,
    string? Group,
    Milestone Milestone,
    bool GivesReason);
