using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Grains.Interfaces.Licences;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Licences;

/// <summary>Asks the register; it keeps nothing, so there may be several.</summary>
[StatelessWorker]
public sealed class LicenceRegisterGrain(IJournal journal) : Grain, ILicenceRegisterGrain
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<LicenceView>> Licences(LicenceQuestion question)
    {
        var where = ImmutableArray.CreateBuilder<RowFilter>();
        if (question.Department is { } department) where.Add(new("department", RowOperator.Equal, department));
        if (question.Item is { } item) where.Add(new("item", RowOperator.Equal, item));
        if (question.State is { } state) where.Add(new("state", RowOperator.Equal, CamelCase.Of(state)));
        if (question.EndsBefore is { } end) where.Add(new("valid_until", RowOperator.Less, end.Micros()));
        if (question.After is { } after) where.Add(new("number", RowOperator.Greater, after));
        var rows = await journal.QueryAsync(new RowQuery(Tables.Licences) { Where = where.ToImmutable(), Limit = question.Limit });
        return [.. rows.Select(LicenceRows.View)];
    }
}
