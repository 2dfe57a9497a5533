using OneStop.Domain.Halls.Ratings;
using Orleans;

namespace OneStop.Domain.Supervision.Statistics;

/// <summary>Sums of marks. They are whole numbers, so that no order of adding and taking away changes them.</summary>
/// <param name="Accepted">Cases accepted, or steps opened.</param>
/// <param name="Completed">Cases decided or reported as ended, or steps completed.</param>
/// <param name="OnTime">Of these, within the promise, or the law's limit where nothing is promised.</param>
/// <param name="Early">Of these, with at least one per cent of that limit left.</param>
/// <param name="WorkdayHundredths">Working days that all completed ones took, in hundredths.</param>
/// <param name="Warnings">Cases whose highest card in force is a warning.</param>
/// <param name="Yellows">The same with a yellow card.</param>
/// <param name="Reds">The same with a red card.</param>
/// <param name="Ratings">Ratings by grade.</param>
[GenerateSerializer, Immutable]
public sealed record Tally(
    int Accepted, int Completed, int OnTime, int Early, long WorkdayHundredths, int Warnings, int Yellows, int Reds, RatingCounts Ratings)
{
    /// <summary>Nothing.</summary>
    public static Tally None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, RatingCounts.None);

    /// <summary>Mean working days, two decimals; null when nothing was completed.</summary>
    public decimal? MeanWorkingDays => Completed == 0 ? null : Math.Round(WorkdayHundredths / 100m / Completed, 2);

    /// <summary>The sums with a mark, or with -1 without it.</summary>
    public Tally With(Mark mark, int sign) => mark switch
    {
        Statistics.Accepted => this with { Accepted = Accepted + sign },
        Completed done => this with
        {
            Completed = Completed + sign,
            OnTime = OnTime + (done.OnTime ? sign : 0),
            Early = Early + (done.EarlyPercent > 0 ? sign : 0),
            WorkdayHundredths = WorkdayHundredths + (sign * done.WorkdayHundredths),
        },
        CardScored { Level: CardLevel.Warning } => this with { Warnings = Warnings + sign },
        CardScored { Level: CardLevel.Yellow } => this with { Yellows = Yellows + sign },
        CardScored => this with { Reds = Reds + sign },
        ServiceRated rated => this with { Ratings = Ratings.With(rated.Grade, sign) },
        _ => this,
    };

    /// <summary>Both together.</summary>
    public Tally Plus(Tally other) => new(
        Accepted + other.Accepted,
        Completed + other.Completed,
        OnTime + other.OnTime,
        Early + other.Early,
        WorkdayHundredths + other.WorkdayHundredths,
        Warnings + other.Warnings,
        Yellows + other.Yellows,
        Reds + other.Reds,
        Ratings.Plus(other.Ratings));
}

/// <summary>Ratings (好差评) by grade.</summary>
/// <param name="VerySatisfied">非常满意.</param>
/// <param name="Satisfied">满意.</param>
/// <param name="BasicallySatisfied">基本满意.</param>
/// <param name="Dissatisfied">不满意.</param>
/// <param name="VeryDissatisfied">非常不满意.</param>
[GenerateSerializer, Immutable]
public sealed record RatingCounts(int VerySatisfied, int Satisfied, int BasicallySatisfied, int Dissatisfied, int VeryDissatisfied)
{
    /// <summary>None.</summary>
    public static RatingCounts None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>How many there are.</summary>
    public int All => VerySatisfied + Satisfied + BasicallySatisfied + Dissatisfied + VeryDissatisfied;

    /// <summary>Share of the satisfied in per cent, at least basically, two decimals; null when nobody rated.</summary>
    public decimal? SatisfiedPercent => All == 0 ? null : Math.Round(100m * (VerySatisfied + Satisfied + BasicallySatisfied) / All, 2);

    /// <summary>The counts with a rating, or with -1 without it.</summary>
    public RatingCounts With(Grade grade, int sign) => grade switch
    {
        Grade.VerySatisfied => this with { VerySatisfied = VerySatisfied + sign },
        Grade.Satisfied => this with { Satisfied = Satisfied + sign },
        Grade.BasicallySatisfied => this with { BasicallySatisfied = BasicallySatisfied + sign },
        Grade.Dissatisfied => this with { Dissatisfied = Dissatisfied + sign },
        _ => this with { VeryDissatisfied = VeryDissatisfied + sign },
    };

    /// <summary>Both together.</summary>
    public RatingCounts Plus(RatingCounts other) => new(
        VerySatisfied + other.VerySatisfied,
        Satisfied + other.Satisfied,
        BasicallySatisfied + other.BasicallySatisfied,
        Dissatisfied + other.Dissatisfied,
        VeryDissatisfied + other.VeryDissatisfied);
}
