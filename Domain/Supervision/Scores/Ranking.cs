using System.Collections.Immutable;
using OneStop.Domain.Supervision.Statistics;
using Orleans;

namespace OneStop.Domain.Supervision.Scores;

/// <summary>One subject's place.</summary>
/// <param name="Rank">Its place; equal scores share one.</param>
/// <param name="Code">Department, post (<c>item/step</c>) or account.</param>
/// <param name="Score">The score; of a year the mean of its months, two decimals.</param>
/// <param name="Previous">The score of the period before; null when there was nothing to score.</param>
/// <param name="Change">By how much it differs from that.</param>
/// <param name="Months">The months in which there was something to score.</param>
[GenerateSerializer, Immutable]
public sealed record ScoreLine(int Rank, string Code, decimal Score, decimal? Previous, decimal? Change, ImmutableArray<MonthScore> Months);

/// <summary>Ranks the subjects of a period.</summary>
public static class Ranking
{
    /// <summary>The subjects of which there was something to score, the best first.</summary>
    /// <param name="ledger">The year's ledger.</param>
    /// <param name="of">Who is scored.</param>
    /// <param name="period">The period, of that year.</param>
    /// <param name="rubrics">The catalogue's rubrics.</param>
    /// <param name="previous">The scores of the period before.</param>
    public static ImmutableArray<ScoreLine> Of(
        PerformanceLedger ledger, ScoreSubject of, ScorePeriod period, ImmutableArray<ScoreRubric> rubrics, IReadOnlyDictionary<string, decimal> previous)
    {
        var scored = Months(ledger, of, period, rubrics)
            .Select(subject => (Code: subject.Key, Score: Mean(subject), Months: subject.ToImmutableArray()))
            .OrderByDescending(subject => subject.Score).ThenBy(subject => subject.Code, StringComparer.Ordinal).ToArray();
        var lines = ImmutableArray.CreateBuilder<ScoreLine>(scored.Length);
        foreach (var (code, score, months) in scored)
        {
            var rank = lines.Count > 0 && lines[^1].Score == score ? lines[^1].Rank : lines.Count + 1;
            decimal? before = previous.TryGetValue(code, out var known) ? known : null;
            lines.Add(new(rank, code, score, before, score - before, months));
        }

        return lines.ToImmutable();
    }

    /// <summary>The scores alone, to compare with.</summary>
    public static ImmutableDictionary<string, decimal> Totals(PerformanceLedger ledger, ScoreSubject of, ScorePeriod period, ImmutableArray<ScoreRubric> rubrics) =>
        Months(ledger, of, period, rubrics).ToImmutableDictionary(subject => subject.Key, Mean);

    private static IEnumerable<IGrouping<string, MonthScore>> Months(PerformanceLedger ledger, ScoreSubject of, ScorePeriod period, ImmutableArray<ScoreRubric> rubrics) =>
        from month in period.Months
        let rubric = ScoreRubric.For(rubrics, month)
        from subject in ledger.Sheets(of, month.Month)
        group Scoring.Of(subject.Sheet, rubric, month) by subject.Code;

    private static decimal Mean(IEnumerable<MonthScore> months) => Math.Round(months.Average(month => (decimal)month.Total), 2);
}
