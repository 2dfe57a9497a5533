using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Notices;
using Orleans;

namespace OneStop.Domain.Supervision;

/// <summary>Why a card was withdrawn.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<WithdrawalCause>))]
public enum WithdrawalCause
{
    /// <summary>A fact that became known later moved the deadline (S5).</summary>
    Recomputed,

    /// <summary>The supervision officer accepted the department's explanation (S6).</summary>
    Officer,
}

/// <summary>How a card stands in the record.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<CardStanding>))]
public enum CardStanding
{
    /// <summary>It is the highest in force; only this one is scored.</summary>
    Active,

    /// <summary>A higher card is in force.</summary>
    Superseded,

    /// <summary>It was withdrawn and stays visible as such.</summary>
    Withdrawn,
}

/// <summary>A withdrawal of a card.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who withdrew it.</param>
/// <param name="Cause">Why.</param>
[GenerateSerializer, Immutable]
public sealed record CardWithdrawal(DateTimeOffset At, string By, WithdrawalCause Cause);

/// <summary>A warning, yellow or red card (预警, 黄牌, 红牌) of one case.</summary>
/// <param name="CardId">Case, rule version, level and ordinal: the same wherever and whenever it is computed.</param>
/// <param name="Level">Its level.</param>
/// <param name="Clock">The clock that reached it.</param>
/// <param name="Subject">The step, round or procedure of that clock; null for the case's own clocks.</param>
/// <param name="Department">The department that answers for it.</param>
/// <param name="RuleCode">The rule.</param>
/// <param name="RuleVersion">The rule's version.</param>
/// <param name="IssuedAt">The exact legal instant at which the level was reached, whenever it was recorded.</param>
/// <param name="RecordedAt">When it was recorded.</param>
[GenerateSerializer, Immutable]
public sealed record Card(
    string CardId,
    CardLevel Level,
    ClockKind Clock,
    string? Subject,
    string Department,
    string RuleCode,
    int RuleVersion,
    DateTimeOffset IssuedAt,
    DateTimeOffset RecordedAt)
{
    /// <summary>Its withdrawal. Default: null, it is in force.</summary>
    [Id(0)]
    public CardWithdrawal? Withdrawal { get; init; }

    /// <summary>When the department explained it (陈述申辩). Default: null, it did not.</summary>
    [Id(1)]
    public DateTimeOffset? ExplainedAt { get; init; }

    /// <summary>When the officer upheld it. Default: null, it was not.</summary>
    [Id(2)]
    public DateTimeOffset? UpheldAt { get; init; }

    /// <summary>When the time to explain it was over without an explanation. Default: null, it was not.</summary>
    [Id(3)]
    public DateTimeOffset? ExplanationLapsedAt { get; init; }

    /// <summary>The steps of the ladder that were taken for it. Default: none.</summary>
    [Id(4)]
    public ImmutableArray<string> Rungs { get; init; } = [];

    /// <summary>Who was told of it. Default: nobody.</summary>
    [Id(5)]
    public ImmutableArray<Audience> Told { get; init; } = [];

    /// <summary>Whether the department is to explain it: of a warning there is nothing to explain.</summary>
    [JsonIgnore]
    public bool IsToBeExplained => Level > CardLevel.Warning;

    /// <summary>Since when it stands: upheld by the officer, or because nobody explained it in time. Null while it may yet fall.</summary>
    [JsonIgnore]
    public DateTimeOffset? StandsSince => InForce ? ExplanationLapsedAt ?? UpheldAt : null;

    /// <summary>Whether it is in force.</summary>
    [JsonIgnore]
    public bool InForce => Withdrawal is null;
}

/// <summary>Questions to the cards of one case.</summary>
public static class Cards
{
    /// <summary>How a card stands among the others of its case.</summary>
    public static CardStanding StandingOf(this ImmutableArray<Card> cards, Card card)
    {
        if (!card.InForce)
            return CardStanding.Withdrawn;
        return cards.Any(c => c.InForce && c.Level > card.Level) ? CardStanding.Superseded : CardStanding.Active;
    }

    /// <summary>The highest level in force.</summary>
    public static Light Light(this ImmutableArray<Card> cards)
    {
        var light = Supervision.Light.Green;
        foreach (var card in cards)
            if (card.InForce && (Light)card.Level > light)
                light = (Light)card.Level;
        return light;
    }
}
