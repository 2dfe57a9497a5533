using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain.Supervision.Scores;
using OneStop.Domain.Supervision.Statistics;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Supervision;

/// <summary>
/// A year's statistics and scores (S8, S9); the key is <see cref="KeyOf"/>. Every answer takes in first what the record has new, so that
/// it is what a full recount would give at that moment.
/// </summary>
public interface IPerformanceGrain : IGrainWithStringKey
{
    /// <summary>The key of a year.</summary>
    static string KeyOf(int year) => year.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>The lines of this year's days.</summary>
    Task<ImmutableArray<StatisticsLine>> Statistics(StatisticsQuestion question);

    /// <summary>Who of the subjects stands where in a period of this year, beside the period before.</summary>
    Task<ImmutableArray<ScoreLine>> Scores(ScoreSubject of, ScorePeriod period);

    /// <summary>The scores of a period of this year alone.</summary>
    Task<ImmutableDictionary<string, decimal>> Totals(ScoreSubject of, ScorePeriod period);

    /// <summary>Takes in what the record has new; nobody waits for it.</summary>
    [OneWay]
    Task CatchUp();
}
