using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Halls.Ratings;

/// <summary>The five grades of the service rating (好差评).</summary>
[GenerateSerializer]
[JsonConverter(typeof(CamelCaseEnumConverter<Grade>))]
public enum Grade
{
    /// <summary>非常满意.</summary>
    VerySatisfied,

    /// <summary>满意.</summary>
    Satisfied,

    /// <summary>基本满意.</summary>
    BasicallySatisfied,

    /// <summary>不满意; opens a rectification.</summary>
    Dissatisfied,

    /// <summary>非常不满意; opens a rectification.</summary>
    VeryDissatisfied,
}

/// <summary>What happens to the rating of one ticket.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Actor">Who caused it.</param>
[GenerateSerializer, Immutable]
public abstract record RatingEvent(DateTimeOffset At, string Actor) : IDomainEvent;

/// <summary>The visitor rated the service.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="Grade">The grade.</param>
/// <param name="RemarkReference">Reference of the document that holds the remark; null without one.</param>
[GenerateSerializer, Immutable, EventType("rating.given", 1)]
public sealed record RatingGiven(DateTimeOffset At, string Actor, string TicketId, Grade Grade, string? RemarkReference) : RatingEvent(At, Actor);

/// <summary>A bad grade opened a rectification (整改).</summary>
/// <param name="At">When; its clock starts here.</param>
/// <param name="Actor">Who gave the grade.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="DueAt">When it must be answered.</param>
[GenerateSerializer, Immutable, EventType("rating.rectification-opened", 1)]
public sealed record RectificationOpened(DateTimeOffset At, string Actor, string TicketId, DateTimeOffset DueAt) : RatingEvent(At, Actor);

/// <summary>The rectification was not answered in time.</summary>
/// <param name="At">When that was recorded.</param>
/// <param name="Actor">The clock.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="DueAt">When it was due.</param>
[GenerateSerializer, Immutable, EventType("rating.rectification-fell-due", 1)]
public sealed record RectificationFellDue(DateTimeOffset At, string Actor, string TicketId, DateTimeOffset DueAt) : RatingEvent(At, Actor);

/// <summary>The rectification was answered.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who answered.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="AnswerReference">Reference of the document that holds the answer.</param>
/// <param name="Overdue">Whether it came after it was due.</param>
[GenerateSerializer, Immutable, EventType("rating.rectification-closed", 1)]
public sealed record RectificationClosed(DateTimeOffset At, string Actor, string TicketId, string AnswerReference, bool Overdue) : RatingEvent(At, Actor);

/// <summary>The rating of one ticket and what followed from it.</summary>
[GenerateSerializer, Immutable]
public sealed record RatingState
{
    /// <summary>Not rated yet.</summary>
    public static RatingState Initial { get; } = new();

    /// <summary>The grade. Default: not rated yet.</summary>
    [Id(0)]
    public Grade? Grade { get; init; }

    /// <summary>When the rectification must be answered. Default: there is none.</summary>
    [Id(1)]
    public DateTimeOffset? RectificationDueAt { get; init; }

    /// <summary>When it was answered. Default: not answered.</summary>
    [Id(2)]
    public DateTimeOffset? RectifiedAt { get; init; }

    /// <summary>When it was given. Default: not rated yet.</summary>
    [Id(4)]
    public DateTimeOffset? RatedAt { get; init; }

    /// <summary>When it fell due without an answer. Default: it did not.</summary>
    [Id(3)]
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>When this should be looked at again: the open rectification's due instant.</summary>
    public DateTimeOffset? NextDueAt => RectifiedAt is null && OverdueAt is null ? RectificationDueAt : null;

    /// <summary>Where its follow-up stands.</summary>
    public RatingStanding Standing => this switch
    {
        { RectificationDueAt: null } => RatingStanding.Rated,
        { RectifiedAt: not null } => RatingStanding.Rectified,
        { OverdueAt: not null } => RatingStanding.Overdue,
        _ => RatingStanding.Rectifying,
    };

    /// <summary>The state after an event. Total: an event that was recorded always applies.</summary>
    public RatingState Evolve(RatingEvent e) => e switch
    {
        RatingGiven given => this with { Grade = given.Grade, RatedAt = given.At },
        RectificationOpened opened => this with { RectificationDueAt = opened.DueAt },
        RectificationFellDue => this with { OverdueAt = e.At },
        RectificationClosed => this with { RectifiedAt = e.At },
        _ => this,
    };
}

/// <summary>Where the follow-up of a rating stands.</summary>
[GenerateSerializer]
[JsonConverter(typeof(CamelCaseEnumConverter<RatingStanding>))]
public enum RatingStanding
{
    /// <summary>Nothing follows from it.</summary>
    Rated,

    /// <summary>A rectification is to be answered.</summary>
    Rectifying,

    /// <summary>Its answer is overdue.</summary>
    Overdue,

    /// <summary>It was answered.</summary>
    Rectified,
}
