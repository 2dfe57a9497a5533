using System.Collections.Immutable;
using OneStop.Grains.Interfaces.Archive;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Archive;

/// <summary>Asks the archive; it keeps nothing, so there may be several.</summary>
[StatelessWorker]
public sealed class ArchiveGrain(IJournal journal) : Grain, IArchiveGrain
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<ArchivedCase>> Cases(ArchiveQuestion question)
    {
        var where = ImmutableArray.CreateBuilder<RowFilter>();
        if (question.Item is { } item) where.Add(new("item", RowOperator.Equal, item));
        if (question.Department is { } department) where.Add(new("department", RowOperator.Equal, department));
        if (question.After is { } after) where.Add(new("number", RowOperator.Greater, after));
        var rows = await journal.QueryAsync(new RowQuery(Tables.Archive) { Where = where.ToImmutable(), Limit = question.Limit });
        return [.. rows.Select(ArchiveRows.View)];
    }
}
