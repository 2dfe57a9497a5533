using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Supervision;

/// <summary>What logic, process and content inspection (逻辑、流程、内容监察) find impossible or improper (S2 to S4).</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<FindingKind>))]
public enum FindingKind
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

    /// <summary>A step was not done that must come before another, or before the approval (S3).</summary>
    SkippedStep,

    /// <summary>A step was done again though the process does not lead back to it (S3).</summary>
    RepeatedStep,

    /// <summary>A step was done by a person without its role (S3).</summary>
    PersonWithoutRole,

    /// <summary>It was decided before a parallel branch was notified or worked on (S3).</summary>
    BranchNotNotified,

    /// <summary>It was accepted without a required material (S4).</summary>
    MissingMaterial,

    /// <summary>A fee was charged that is not the standard's (S4).</summary>
    FeeAgainstStandard,

    /// <summary>It was refused without naming the law (S4).</summary>
    RefusalWithoutBasis,

    /// <summary>A supplement was asked for again; all that is missing is said once (article 32, S4).</summary>
    SecondSupplementRequest,
}

/// <summary>One finding.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Subject">The activity or step it concerns; <c>case</c> for the case as a whole.</param>
/// <param name="Time">When what was found happened, as it was reported.</param>
[GenerateSerializer, Immutable]
public sealed record Finding(FindingKind Kind, string Subject, DateTimeOffset Time);
