using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Supervision;

/// <summary>What logic inspection (逻辑监察) finds impossible or improper (S2).</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<LogicFindingKind>))]
public enum LogicFindingKind
{
    /// <summary>A case ended before it started.</summary>
    EndBeforeStart,

    /// <summary>Something was done before the case started.</summary>
    EventBeforeStart,

    /// <summary>Something was done after the case had ended.</summary>
    EventAfterEnd,

    /// <summary>A decision came before acceptance.</summary>
    DecisionBeforeAcceptance,

    /// <summary>The same person accepted and approved.</summary>
    SamePersonAcceptsAndApproves,

    /// <summary>A negative result gives no reason.</summary>
    ResultWithoutReason,
}

/// <summary>One finding.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Subject">The activity or step it concerns; <c>case</c> for the case as a whole.</param>
/// <param name="Time">When what was found happened, as it was reported.</param>
[GenerateSerializer, Immutable]
public sealed record LogicFinding(LogicFindingKind Kind, string Subject, DateTimeOffset Time);
