using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Catalogue;
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

    /// <summary>A supplement was asked for (补正).</summary>
    SupplementRequest,

    /// <summary>A department was notified of its branch.</summary>
    Notification,
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
    bool GivesReason)
{
    /// <summary>The step of the item that it completes, or of which it notifies a department. Default: null, none.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Step { get; init; }

    /// <summary>The role of the person. Default: null, not reported.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StepRole? Role { get; init; }

    /// <summary>Names of the materials handed in, with an acceptance. Default: null, not reported.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Materials { get; init; }

    /// <summary>The fee charged, in hundredths of a yuan. Default: null, none.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FeeInFen { get; init; }

    /// <summary>Whether a denial names the law it rests on. Default: null, not reported.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? GivesBasis { get; init; }
}
