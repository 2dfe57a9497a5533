using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Halls.Ratings;
using Orleans;

namespace OneStop.Domain.Supervision.Scores;

/// <summary>The parts of a score.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<ScorePart>))]
public enum ScorePart
{
    /// <summary>Openness (公开).</summary>
    Openness,

    /// <summary>Process (流程).</summary>
    Process,

    /// <summary>Time limits (时限).</summary>
    Time,

    /// <summary>Fees (收费).</summary>
    Fees,

    /// <summary>Satisfaction (满意度).</summary>
    Satisfaction,

    /// <summary>Attitude (态度).</summary>
    Attitude,

    /// <summary>Supervision (监督).</summary>
    Supervision,

    /// <summary>Responsibility (责任).</summary>
    Responsibility,

    /// <summary>Integrity (廉洁).</summary>
    Integrity,
}

/// <summary>How much a part counts.</summary>
/// <param name="Part">The part.</param>
/// <param name="Points">Its points when nothing is found against it.</param>
[GenerateSerializer, Immutable]
public sealed record PartWeight(ScorePart Part, int Points);

/// <summary>What cards cost.</summary>
/// <param name="Level">The level.</param>
/// <param name="InARow">How many of them in a row, without another card between, cost the points once; 1 for each.</param>
/// <param name="Points">The points.</param>
/// <param name="Part">The part they are taken from.</param>
[GenerateSerializer, Immutable]
public sealed record CardCost(CardLevel Level, int InARow, int Points, ScorePart Part);

/// <summary>The part that findings of a kind are taken from; what each costs stands in the rule of its case.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Part">The part.</param>
[GenerateSerializer, Immutable]
public sealed record FindingCost(FindingKind Kind, ScorePart Part);

/// <summary>What a grade costs.</summary>
/// <param name="Grade">The grade.</param>
/// <param name="Points">The points for each.</param>
/// <param name="Part">The part.</param>
[GenerateSerializer, Immutable]
public sealed record GradeCost(Grade Grade, int Points, ScorePart Part);

/// <summary>What being better than required brings, on top of the parts.</summary>
/// <param name="FromPercent">From how many per cent on.</param>
/// <param name="Points">What that brings.</param>
/// <param name="EachPercent">For each further so many per cent...</param>
/// <param name="FurtherPoints">...it brings this much more.</param>
[GenerateSerializer, Immutable]
public sealed record ScoreBonus(int FromPercent, int Points, int EachPercent, int FurtherPoints)
{
    /// <summary>What a mean of per cents brings.</summary>
    /// <param name="percents">The per cents added up.</param>
    /// <param name="count">Of how many.</param>
    public int Of(long percents, int count) =>
        count == 0 || percents < (long)FromPercent * count ? 0 : Points + ((int)((percents - ((long)FromPercent * count)) / ((long)EachPercent * count)) * FurtherPoints);
}

/// <summary>How months are scored from one month on: data of the catalogue, in versions (S8).</summary>
[GenerateSerializer, Immutable]
public sealed record ScoreRubric
{
    /// <summary>Its version; what one has said stays as it is. 0 is <see cref="Default"/>.</summary>
    [Id(0)]
    public required int Version { get; init; }

    /// <summary>The first day of the first month that is scored by it.</summary>
    [Id(1)]
    public required DateOnly From { get; init; }

    /// <summary>The parts; none goes below 0.</summary>
    [Id(2)]
    public required ImmutableArray<PartWeight> Parts { get; init; }

    /// <summary>What cards cost. Default: nothing.</summary>
    [Id(3)]
    public ImmutableArray<CardCost> Cards { get; init; } = [];

    /// <summary>Where findings are taken from. Default: they cost nothing.</summary>
    [Id(4)]
    public ImmutableArray<FindingCost> Findings { get; init; } = [];

    /// <summary>What grades cost. Default: nothing.</summary>
    [Id(5)]
    public ImmutableArray<GradeCost> Grades { get; init; } = [];

    /// <summary>What a rectification costs that is not answered in time, taken from responsibility. Default: 0.</summary>
    [Id(6)]
    public int OverdueRectification { get; init; }

    /// <summary>What finishing early brings. Default: null, nothing.</summary>
    [Id(7)]
    public ScoreBonus? Early { get; init; }

    /// <summary>What promising less than the law's limit brings. Default: null, nothing.</summary>
    [Id(8)]
    public ScoreBonus? Promise { get; init; }

    /// <summary>
    /// 100 points by parts; three warnings in a row cost 3, a yellow card 5, a red one 10; 10% early brings 1 and 1 for each further 10%, a
    /// promise at least 30% below the law's limit 3 and 1 for each further 10%. From which part findings are taken and what a bad grade
    /// costs is this program's choice.
    /// </summary>
    public static ScoreRubric Default { get; } = new()
    {
        Version = 0,
        From = DateOnly.MinValue,
        Parts =
        [
            new(ScorePart.Openness, 10), new(ScorePart.Process, 14), new(ScorePart.Time, 14), new(ScorePart.Fees, 8), new(ScorePart.Satisfaction, 10),
            new(ScorePart.Attitude, 10), new(ScorePart.Supervision, 14), new(ScorePart.Responsibility, 10), new(ScorePart.Integrity, 10),
        ],
        Cards = [new(CardLevel.Warning, 3, 3, ScorePart.Time), new(CardLevel.Yellow, 1, 5, ScorePart.Time), new(CardLevel.Red, 1, 10, ScorePart.Time)],
        Findings =
        [
            new(FindingKind.ResultWithoutReason, ScorePart.Openness), new(FindingKind.RefusalWithoutBasis, ScorePart.Openness),
            new(FindingKind.SecondSupplementRequest, ScorePart.Openness), new(FindingKind.FeeAgainstStandard, ScorePart.Fees),
            new(FindingKind.EndBeforeStart, ScorePart.Process), new(FindingKind.EventBeforeStart, ScorePart.Process),
            new(FindingKind.EventAfterEnd, ScorePart.Process), new(FindingKind.DecisionBeforeAcceptance, ScorePart.Process),
            new(FindingKind.SkippedStep, ScorePart.Process), new(FindingKind.RepeatedStep, ScorePart.Process),
            new(FindingKind.BranchNotNotified, ScorePart.Process), new(FindingKind.MissingMaterial, ScorePart.Responsibility),
            new(FindingKind.PersonWithoutRole, ScorePart.Responsibility), new(FindingKind.SamePersonAcceptsAndApproves, ScorePart.Integrity),
        ],
        Grades = [new(Grade.Dissatisfied, 1, ScorePart.Satisfaction), new(Grade.VeryDissatisfied, 2, ScorePart.Attitude)],
        OverdueRectification = 2,
        Early = new(10, 1, 10, 1),
        Promise = new(30, 3, 10, 1),
    };

    /// <summary>The rubric that a month is scored by: the latest that is in force then.</summary>
    /// <param name="rubrics">Those of the catalogue.</param>
    /// <param name="month">A day of the month.</param>
    public static ScoreRubric For(ImmutableArray<ScoreRubric> rubrics, DateOnly month) =>
        rubrics.Where(rubric => rubric.From <= month).MaxBy(rubric => rubric.Version) ?? Default;
}
