using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Supervision;

/// <summary>Asks the read model; it keeps nothing, so there may be several.</summary>
[StatelessWorker]
public sealed class RecordsGrain(IJournal journal) : Grain, IRecordsGrain
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<TaskRecord>> Tasks(TaskQuestion question)
    {
        var where = Filters(("department", question.Department), ("claimed_by", question.ClaimedBy), ("state", Word(question.State)), ("id>", question.After));
        // A step that waits for an earlier stage is nobody's task yet.
        if (question.State is null) where = where.Add(new("state", RowOperator.NotEqual, CamelCase.Of(StepStatus.Waiting)));
        var rows = await journal.QueryAsync(new RowQuery(Tables.Tasks) { Where = where, Limit = question.Limit });
        return [.. rows.Select(RecordRows.Task)];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<CardRecord>> Cards(CardQuestion question)
    {
        var where = Filters(("department", question.Department), ("level", Word(question.Level)), ("standing", Word(question.State)), ("id>", question.After));
        var rows = await journal.QueryAsync(new RowQuery(Tables.Cards) { Where = where, Limit = question.Limit });
        return [.. rows.Select(RecordRows.Card)];
    }

    /// <inheritdoc/>
    public async Task<CardRecord> Card(string id)
    {
        var rows = await journal.QueryAsync(new RowQuery(Tables.Cards) { Where = [new("id", RowOperator.Equal, id)], Limit = 1 });
        return rows.IsEmpty ? throw Refusals.Unknown("card", id) : RecordRows.Card(rows[0]);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<FindingRecord>> Findings(FindingQuestion question)
    {
        var where = Filters(("application", question.Application), ("kind", Word(question.Kind)), ("id>", question.After));
        var rows = await journal.QueryAsync(new RowQuery(Tables.Findings) { Where = where, Limit = question.Limit });
        return [.. rows.Select(RecordRows.Finding)];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RatingRecord>> Ratings(RatingQuestion question)
    {
        var where = Filters(("hall", question.Hall), ("grade", Word(question.Grade)), ("state", Word(question.State)), ("ticket>", question.After));
        var rows = await journal.QueryAsync(new RowQuery(Tables.Ratings) { Where = where, Limit = question.Limit });
        return [.. rows.Select(RecordRows.Rating)];
    }

    private static string? Word<TEnum>(TEnum? value)
        where TEnum : struct, Enum => value is { } given ? CamelCase.Of(given) : null;

    private static ImmutableArray<RowFilter> Filters(params ReadOnlySpan<(string Column, string? Value)> wanted)
    {
        var filters = ImmutableArray.CreateBuilder<RowFilter>();
        foreach (var (column, value) in wanted)
        {
            if (value is null) continue;
            filters.Add(column.EndsWith('>')
                ? new RowFilter(column[..^1], RowOperator.Greater, value)
                : new RowFilter(column, RowOperator.Equal, value));
        }

        return filters.ToImmutable();
    }
}
