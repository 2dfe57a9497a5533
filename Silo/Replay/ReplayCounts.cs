using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Supervision;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Silo.Replay;

/// <summary>Counts the rows that the grains wrote.</summary>
internal sealed class ReplayCounts(IJournal journal)
{
    public async Task<ReplayReport> ReportAsync(ReplayPlan plan, IEnumerable<DateTimeOffset> asOf)
    {
        var end = await AtAsync(plan.Last);
        var moments = new List<ReplayReport.Moment>();
        foreach (var instant in asOf) moments.Add(await AtAsync(instant));
        return new ReplayReport(
            plan.Cases,
            plan.Events,
            plan.Activities,
            plan.Resources,
            await CountAsync(Tables.Applications, new RowFilter("ended_at", RowOperator.NotEqual, null)),
            end.Open,
            await EndedLateAsync(),
            end.Overdue,
            await CountAsync(Tables.Cards, Is("level", CamelCase.Of(CardLevel.Red)), new("withdrawn_at", RowOperator.Equal, null)),
            new ReplayReport.LogicFindings(
                await FoundAsync(FindingKind.EndBeforeStart),
                await FoundAsync(FindingKind.EventAfterEnd),
                await FoundAsync(FindingKind.EventBeforeStart)),
            moments);
    }

    private static RowFilter Is(string column, string value) => new(column, RowOperator.Equal, value);

    private Task<long> FoundAsync(FindingKind kind) => CountAsync(Tables.Findings, Is("kind", CamelCase.Of(kind)));

    // Open at T: started at or before T and not ended at or before T. Overdue: its deadline lies before T.
    private async Task<ReplayReport.Moment> AtAsync(DateTimeOffset instant)
    {
        var at = Micros(instant);
        RowFilter started = new("started_at", RowOperator.LessOrEqual, at);
        RowFilter late = new("statutory_due_at", RowOperator.Less, at);
        RowFilter running = new("ended_at", RowOperator.Equal, null);
        RowFilter endedAfter = new("ended_at", RowOperator.Greater, at);
        return new ReplayReport.Moment(
            instant,
            await CountAsync(Tables.Applications, started, running) + await CountAsync(Tables.Applications, started, endedAfter),
            await CountAsync(Tables.Applications, started, late, running) + await CountAsync(Tables.Applications, started, late, endedAfter));
    }

    private async Task<long> EndedLateAsync()
    {
        const int page = 1_000;
        var late = 0L;
        for (var after = ""; ;)
        {
            var rows = await journal.QueryAsync(new RowQuery(Tables.Applications)
            {
                Where = [new("ended_at", RowOperator.NotEqual, null), new("number", RowOperator.Greater, after)],
                Limit = page,
            });
            late += rows.Count(row => row.Integer("ended_at") > row.IntegerOrNull("statutory_due_at"));
            if (rows.Length < page) return late;
            after = rows[^1].Text("number");
        }
    }

    private async Task<long> CountAsync(TableSchema table, params ImmutableArray<RowFilter> where) =>
        (await journal.CountAsync(new RowQuery(table) { Where = where }, [])).Sum(count => count.Count);

    private static long Micros(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
