using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Feeds;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Measures;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Supervision;

/// <summary>A department's workload: counted from the rows when it wakes, kept up by what cases tell, and counted again.</summary>
public sealed class DepartmentGrain(IJournal journal, TimeProvider time, Definitions definitions, TownMeasures measures, ILogger<DepartmentGrain> logger)
    : Grain, IDepartmentGrain
{
    private const int Page = 1_000;

    private Workload workload = new();
    private long epoch;
    private long version;
    private LiveFeed? feed;
    private Gathered? telling;

    private string Code => this.GetPrimaryKeyString();

    private bool IsOfTheTown => definitions.Town is { } town && town.Departments.Any(d => d.Code == Code);

    private LiveFeed Feed => feed ??= new LiveFeed(this, "department/" + Code, time, measures.Feeds, logger, Now);

    private Gathered Telling => telling ??= new Gathered(this, time, TellAsync);

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // It wakes by reading every open case it has: a department of the town is read once, however long nobody tells it anything.
        if (IsOfTheTown) DelayDeactivation(Timeout.InfiniteTimeSpan);
        epoch = time.GetUtcNow().Micros();
        await CountAsync();
        Say();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        measures.Supervision.Forget(this, Code);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Tell(CaseContribution contribution)
    {
        if (workload.Apply(contribution)) await ShowAsync();
    }

    /// <inheritdoc/>
    public Task<DepartmentContribution> Contribution() => Task.FromResult(Now());

    /// <inheritdoc/>
    public Task<FeedSnapshot> Snapshot() => Feed.SnapshotAsync();

    /// <inheritdoc/>
    public Task<FeedVersion> Version() => Task.FromResult(Feed.Version());

    /// <inheritdoc/>
    public async Task Reconcile()
    {
        var start = definitions.Calendar(null).StartOf(Today);
        var (running, ended) = (await MarkAsync(Open), await MarkAsync(EndedSince(start)));
        if ((running.Cases + ended.Cases, running.Seqs + ended.Seqs) != workload.Mark(start)) await CountAsync();
        await ShowAsync();
    }

    private static RowFilter Open { get; } = new("open", RowOperator.Equal, true);

    private RowFilter Mine => new("department", RowOperator.Equal, Code);

    private static RowFilter EndedSince(DateTimeOffset start) => new("ended_at", RowOperator.GreaterOrEqual, start.Micros());

    private DateOnly Today => definitions.Calendar(null).DateOf(time.GetUtcNow());

    private DepartmentContribution Now() => workload.Contribution(Code, epoch, version, Today, definitions.Calendar(null));

    private async Task CountAsync()
    {
        var counted = new Workload();
        await ReadAsync(counted, [Mine, Open]);
        await ReadAsync(counted, [Mine, EndedSince(definitions.Calendar(null).StartOf(Today))]);
        var cards = await journal.QueryAsync(new RowQuery(Tables.Cards)
        {
            Where = [Mine, new("in_force", RowOperator.Equal, true)],
            OrderBy = [new("issued_at", Descending: true)],
            Limit = Workload.ShownCards,
        });
        counted.Show([.. cards.Select(RecordRows.BoardCard).Reverse()]);
        workload = counted;
    }

    private async ValueTask<(long Cases, long Seqs)> MarkAsync(RowFilter where)
    {
        var counts = await journal.CountAsync(new RowQuery(Tables.Applications) { Where = [Mine, where] }, ["seq"]);
        return (counts.Sum(count => count.Count), counts.Sum(count => count.Count * (long)count.Group[0]!));
    }

    private async ValueTask ReadAsync(Workload counted, ImmutableArray<RowFilter> where)
    {
        for (string? after = null; ;)
        {
            var rows = await journal.QueryAsync(new RowQuery(Tables.Applications)
            {
                Where = after is null ? where : where.Add(new("number", RowOperator.Greater, after)),
                Limit = Page,
            });
            foreach (var row in rows) counted.Apply(RecordRows.Contribution(row));
            if (rows.Length < Page) return;
            after = rows[^1].Text("number");
        }
    }

    private async ValueTask ShowAsync()
    {
        version++;
        await Feed.ChangedAsync();
        await Telling.RequestAsync();
    }

    private void Say()
    {
        // A code that the town does not know would be a label that anybody can make.
        if (IsOfTheTown) measures.Supervision.Say(this, Now());
    }

    private Task TellAsync()
    {
        Say();
        return definitions.Town is { } town ? GrainFactory.GetGrain<IRegionGrain>(town.Region.Code).TellDepartment(Now()) : Task.CompletedTask;
    }
}
