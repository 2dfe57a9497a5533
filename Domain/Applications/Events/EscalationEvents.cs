using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Notices;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>What people are told about a case.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>A card was issued.</summary>
    CardIssued,

    /// <summary>A card is in force for some working days, and the case still unhandled.</summary>
    CardUnhandled,

    /// <summary>Nobody explained a card in time.</summary>
    CardUnexplained,

    /// <summary>The department explained a card: the officer is to judge.</summary>
    CardExplained,

    /// <summary>The officer upheld a card.</summary>
    CardUpheld,

    /// <summary>A card was withdrawn.</summary>
    CardWithdrawn,

    /// <summary>The case was urged (催办).</summary>
    Urged,

    /// <summary>The case was put under supervision (督办).</summary>
    Supervised,

    /// <summary>An inspection found something.</summary>
    Found,

    /// <summary>The fee is demanded.</summary>
    FeeDemanded,
}

/// <summary>People were told; the notices went into the outbox with this event.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="NoticeId">Id of the notice; that of each audience has its place in <paramref name="To"/> behind it.</param>
/// <param name="Kind">What they were told.</param>
/// <param name="CardId">The card it is about; null for the case itself.</param>
/// <param name="Rung">The step of the ladder, see <see cref="Supervision.EscalationStep.Rung"/>; null when none led to it.</param>
/// <param name="To">Who was told.</param>
[GenerateSerializer, Immutable, EventType("application.told", 1)]
public sealed record PeopleTold(
    DateTimeOffset At, string Actor, string NoticeId, NoticeKind Kind, string? CardId, string? Rung, ImmutableArray<Audience> To)
    : ApplicationEvent(At, Actor);

/// <summary>The department did not explain a card in time: it stands as uncontested, and only the officer can still withdraw it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor"><c>system</c>.</param>
/// <param name="CardId">The card.</param>
/// <param name="LapsedAt">When the time was over.</param>
[GenerateSerializer, Immutable, EventType("application.explanation-lapsed", 1)]
public sealed record ExplanationLapsed(DateTimeOffset At, string Actor, string CardId, DateTimeOffset LapsedAt) : ApplicationEvent(At, Actor);

/// <summary>The officer put the case under supervision (督办).</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The officer.</param>
/// <param name="CardId">The card it was done for; null without one.</param>
/// <param name="ReasonReference">Reference of the document that says what is expected.</param>
[GenerateSerializer, Immutable, EventType("application.supervised", 1)]
public sealed record ApplicationSupervised(DateTimeOffset At, string Actor, string? CardId, string ReasonReference) : ApplicationEvent(At, Actor);
