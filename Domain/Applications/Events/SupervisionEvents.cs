using System.Collections.Immutable;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>A level was reached and its card issued (S1).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor"><c>system</c>.</param>
/// <param name="CardId">Case, rule version, level and ordinal.</param>
/// <param name="Level">The level.</param>
/// <param name="Clock">The clock that reached it.</param>
/// <param name="Subject">The step, round or procedure of that clock; null for the case's own clocks.</param>
/// <param name="Department">The department that answers for it.</param>
/// <param name="RuleCode">The rule.</param>
/// <param name="RuleVersion">The rule's version.</param>
/// <param name="IssuedAt">The exact legal instant at which the level was reached.</param>
[GenerateSerializer, Immutable, EventType("application.card-issued", 1)]
public sealed record CardIssued(
    DateTimeOffset At,
    string Actor,
    string CardId,
    CardLevel Level,
    ClockKind Clock,
    string? Subject,
    string Department,
    string RuleCode,
    int RuleVersion,
    DateTimeOffset IssuedAt) : ApplicationEvent(At, Actor);

/// <summary>A card was withdrawn; it stays visible as such.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who withdrew it; <c>system</c> when later facts did.</param>
/// <param name="CardId">The card.</param>
/// <param name="Cause">Why.</param>
/// <param name="ReasonReference">Reference of the document that holds the officer's reason; null when later facts did.</param>
[GenerateSerializer, Immutable, EventType("application.card-withdrawn", 1)]
public sealed record CardWithdrawn(DateTimeOffset At, string Actor, string CardId, WithdrawalCause Cause, string? ReasonReference)
    : ApplicationEvent(At, Actor);

/// <summary>The department explained a card (陈述申辩).</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who explained it.</param>
/// <param name="CardId">The card.</param>
/// <param name="TextReference">Reference of the document that holds the explanation.</param>
[GenerateSerializer, Immutable, EventType("application.card-explained", 1)]
public sealed record CardExplained(DateTimeOffset At, string Actor, string CardId, string TextReference) : ApplicationEvent(At, Actor);

/// <summary>The officer upheld a card.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The officer.</param>
/// <param name="CardId">The card.</param>
[GenerateSerializer, Immutable, EventType("application.card-upheld", 1)]
public sealed record CardUpheld(DateTimeOffset At, string Actor, string CardId) : ApplicationEvent(At, Actor);

/// <summary>The case was urged (催办).</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who urged it.</param>
/// <param name="CardId">The card it was urged for; null without one.</param>
[GenerateSerializer, Immutable, EventType("application.urged", 1)]
public sealed record ApplicationUrged(DateTimeOffset At, string Actor, string? CardId) : ApplicationEvent(At, Actor);

/// <summary>An inspection found something (S2 to S4).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="Finding">What was found.</param>
[GenerateSerializer, Immutable, EventType("application.finding-recorded", 1)]
public sealed record FindingRecorded(DateTimeOffset At, string Actor, Finding Finding) : ApplicationEvent(At, Actor)
{
    /// <summary>The rule by which it counts. Default: empty, recorded before rules said so.</summary>
    [Id(0)]
    public string RuleCode { get; init; } = "";

    /// <summary>The rule's version. Default: 0.</summary>
    [Id(1)]
    public int RuleVersion { get; init; }

    /// <summary>The points it costs. Default: 0.</summary>
    [Id(2)]
    public int Points { get; init; }
}

/// <summary>The case was planned by another version of its calendar (A11): each deadline before and after, also when none moved.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who published the calendar.</param>
/// <param name="Calendar">Code of the calendar.</param>
/// <param name="CalendarVersion">Its version now in force.</param>
/// <param name="Changes">Each deadline that moved.</param>
[GenerateSerializer, Immutable, EventType("application.deadlines-replanned", 1)]
public sealed record DeadlinesReplanned(
    DateTimeOffset At,
    string Actor,
    string Calendar,
    int CalendarVersion,
    ImmutableArray<DeadlineChange> Changes) : ApplicationEvent(At, Actor);

/// <summary>Another time rule holds for this case (S5); what its cards become follows.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who brought it into force for running cases.</param>
/// <param name="Rule">The rule from now on.</param>
[GenerateSerializer, Immutable, EventType("application.time-rule-changed", 1)]
public sealed record TimeRuleChanged(DateTimeOffset At, string Actor, TimeRule Rule) : ApplicationEvent(At, Actor);
