using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Halls.Ratings;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Grains.Interfaces.Supervision;

/// <summary>Questions to the read model; the key is <see cref="Key"/>.</summary>
public interface IRecordsGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "records";

    /// <summary>Tasks, by id.</summary>
    Task<ImmutableArray<TaskRecord>> Tasks(TaskQuestion question);

    /// <summary>Cards, by id.</summary>
    Task<ImmutableArray<CardRecord>> Cards(CardQuestion question);

    /// <summary>A card.</summary>
    /// <exception cref="OneStopException"><c>unknown-card</c>.</exception>
    Task<CardRecord> Card(string id);

    /// <summary>What the inspections found, by case.</summary>
    Task<ImmutableArray<FindingRecord>> Findings(FindingQuestion question);

    /// <summary>Ratings, by ticket.</summary>
    Task<ImmutableArray<RatingRecord>> Ratings(RatingQuestion question);
}

/// <summary>Which tasks; null means any.</summary>
[GenerateSerializer, Immutable]
public sealed record TaskQuestion(string? Department, string? ClaimedBy, StepStatus? State, string? After, int Limit);

/// <summary>A step of a case to be worked on.</summary>
[GenerateSerializer, Immutable]
public sealed record TaskRecord(
    string Id, string Application, LocalizedText Step, string Department, StepStatus State, DateTimeOffset? DueAt, Light Light, string? ClaimedBy);

/// <summary>Which cards; null means any.</summary>
[GenerateSerializer, Immutable]
public sealed record CardQuestion(CardLevel? Level, string? Department, CardStanding? State, string? After, int Limit);

/// <summary>A card as it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Application">Acceptance number of its case.</param>
/// <param name="Level">Its level.</param>
/// <param name="Department">Code of the department that answers for it.</param>
/// <param name="State">How it stands.</param>
/// <param name="IssuedAt">The exact legal instant at which the level was reached.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="WithdrawnAt">When it was withdrawn.</param>
/// <param name="ExplainBy">By when the department is to explain it; null for a warning.</param>
/// <param name="ExplainedAt">When it did.</param>
/// <param name="UnexplainedAt">When the time for that was over.</param>
/// <param name="UpheldAt">When the officer upheld it.</param>
[GenerateSerializer, Immutable]
public sealed record CardRecord(
    string Id,
    string Application,
    CardLevel Level,
    string Department,
    CardStanding State,
    DateTimeOffset IssuedAt,
    DateTimeOffset RecordedAt,
    DateTimeOffset? WithdrawnAt,
    DateTimeOffset? ExplainBy,
    DateTimeOffset? ExplainedAt,
    DateTimeOffset? UnexplainedAt,
    DateTimeOffset? UpheldAt);

/// <summary>Which findings; null means any.</summary>
[GenerateSerializer, Immutable]
public sealed record FindingQuestion(string? Application, FindingKind? Kind, string? After, int Limit);

/// <summary>Something that an inspection found (S2 to S4).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Application">Acceptance number of its case.</param>
/// <param name="Kind">What was found.</param>
/// <param name="Subject">The activity, step or material it concerns; <c>case</c> for the case as a whole.</param>
/// <param name="Time">When what was found happened.</param>
/// <param name="RuleCode">The rule by which it counts; null for what was found before rules said so.</param>
/// <param name="RuleVersion">The rule's version.</param>
/// <param name="Points">The points it costs.</param>
[GenerateSerializer, Immutable]
public sealed record FindingRecord(
    string Id, string Application, FindingKind Kind, string Subject, DateTimeOffset Time, string? RuleCode, int? RuleVersion, int? Points);

/// <summary>Which ratings; null means any.</summary>
[GenerateSerializer, Immutable]
public sealed record RatingQuestion(string? Hall, Grade? Grade, RatingStanding? State, string? After, int Limit);

/// <summary>A rating as it stands; the clerk is staff.</summary>
[GenerateSerializer, Immutable]
public sealed record RatingRecord(
    string Ticket,
    string Number,
    string Hall,
    string Service,
    string? Counter,
    string? Clerk,
    Grade Grade,
    RatingStanding State,
    DateTimeOffset RatedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? RectifiedAt);
