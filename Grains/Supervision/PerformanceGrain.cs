using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Supervision.Scores;
using OneStop.Domain.Supervision.Statistics;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Supervision;

/// <summary>
/// A year's ledger. It goes on from where it last looked by the instants at which rows changed; nobody tells it anything that could be lost.
/// </summary>
public sealed class PerformanceGrain(IJournal journal, TimeProvider time, Definitions definitions) : Grain, IPerformanceGrain
{
    private const int Page = 2_000;

    // An append may become durable this long after the instant it carries: it waits 20 s for the store, 20 s more to learn how its commit ended,
    // and clocks of silos differ. What is read twice counts once.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    private PerformanceLedger? ledger;
    private long? lookedAt;

    private int Year => int.Parse(this.GetPrimaryKeyString(), NumberStyles.None, CultureInfo.InvariantCulture);

    private PerformanceLedger Ledger => ledger ??= new PerformanceLedger(Year);

    private TownDefinition Town => definitions.Town ?? throw Refusals.Unknown("region", "");

    /// <inheritdoc/>
    public async Task<ImmutableArray<StatisticsLine>> Statistics(StatisticsQuestion question)
    {
        await CatchUp();
        return StatisticsTable.Of(Ledger, question, Town);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<ScoreLine>> Scores(ScoreSubject of, ScorePeriod period)
    {
        var (before, rubrics) = (period.Before, Town.Rubrics);
        var previous = before.Year == Year
            ? await Totals(of, before)
            : await GrainFactory.GetGrain<IPerformanceGrain>(IPerformanceGrain.KeyOf(before.Year)).Totals(of, before);
        await CatchUp();
        return Ranking.Of(Ledger, of, period, rubrics, previous);
    }

    /// <inheritdoc/>
    public async Task<ImmutableDictionary<string, decimal>> Totals(ScoreSubject of, ScorePeriod period)
    {
        await CatchUp();
        return Ranking.Totals(Ledger, of, period, Town.Rubrics);
    }

    /// <inheritdoc/>
    public async Task CatchUp()
    {
        var now = time.GetUtcNow();
        // At first only what has something of this year; later also what has nothing of it any more.
        ImmutableArray<RowFilter> where = lookedAt is not null
            ? []
            :
            [
                new("last_day", RowOperator.GreaterOrEqual, (long)new DateOnly(Year, 1, 1).DayNumber),
                new("first_day", RowOperator.LessOrEqual, (long)new DateOnly(Year, 12, 31).DayNumber),
            ];
        var (from, page) = (lookedAt ?? 0, Page);
        while (true)
        {
            var rows = await journal.QueryAsync(new RowQuery(Tables.Performance)
            {
                Where = where.Add(new("changed_at", RowOperator.GreaterOrEqual, from)),
                OrderBy = [new("changed_at")],
                Limit = page,
            });
            foreach (var row in rows) Ledger.Apply(row);
            if (rows.Length < page) break;
            // The next page begins with the instant that this one ended with; a page of one instant only must grow.
            var last = rows[^1].Integer("changed_at");
            if (last == from) page *= 2;
            from = last;
        }

        lookedAt = (now - Overlap).Micros();
    }
}
