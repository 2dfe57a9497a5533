using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Notices;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Notices;

/// <summary>Asks the read model; it keeps nothing, so there may be several.</summary>
[StatelessWorker]
public sealed class NoticeBoardGrain(IJournal journal, TimeProvider time) : Grain, INoticeBoardGrain
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<NoticeRecord>> Notices(NoticeQuestion question)
    {
        var found = ImmutableArray.CreateBuilder<NoticeRecord>();
        for (var after = question.After; ;)
        {
            var page = await PageAsync(question.Audiences, after, question.Limit);
            foreach (var notice in await MarkedAsync(question.Reader, page))
                if ((!question.Unread || notice.ReadAt is null) && found.Count < question.Limit)
                    found.Add(notice);
            if (page.Length < question.Limit || found.Count == question.Limit) return found.ToImmutable();
            after = page[^1].Text("id");
        }
    }

    /// <inheritdoc/>
    public async Task<NoticeRecord> Read(CommandInfo info, ImmutableArray<string> audiences, string id)
    {
        var rows = await journal.QueryAsync(new RowQuery(Tables.Notices) { Where = [new("id", RowOperator.Equal, id)], Limit = 1 });
        if (rows.IsEmpty || !audiences.Contains(rows[0].Text("audience"))) throw Refusals.Unknown("notice", id);
        var notice = (await MarkedAsync(info.Actor, rows))[0];
        if (notice.ReadAt is not null) return notice;
        var now = time.GetUtcNow().ToMicros();
        await journal.AppendAsync(new AppendRequest { Streams = [], Rows = [RowChange.Put(Tables.NoticeReads, info.Actor, id, now.Micros())] });
        return notice with { ReadAt = now };
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<PublicityRecord>> Publicity(PublicityQuestion question)
    {
        var rows = await journal.QueryAsync(new RowQuery(Tables.Publicity)
        {
            Where = Filters(("kind", question.Kind), ("department", question.Department)).AddRange(After(question.After)),
            Limit = question.Limit,
        });
        return [.. rows.Select(row => new PublicityRecord(
            row.Text("id"), row.Text("kind"), row.Text("application"), new LocalizedText(row.Text("item_zh"), row.Text("item_en")),
            row.Text("department"), row.Text("result"), row.Integer("at").Instant()))];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<DeliveryRecord>> Deliveries(DeliveryQuestion question)
    {
        var channel = question.Channel is { } c ? CamelCase.Of(c) : null;
        var state = question.State is { } s ? CamelCase.Of(s) : null;
        var rows = await journal.QueryAsync(new RowQuery(Tables.Outbox)
        {
            Where = Filters(("channel", channel), ("state", state)).AddRange(After(question.After)),
            Limit = question.Limit,
        });
        return [.. rows.Select(NoticeRows.Delivery)];
    }

    /// <inheritdoc/>
    public async Task<string> OutboxOf(string delivery)
    {
        var rows = await journal.QueryAsync(new RowQuery(Tables.Outbox) { Where = [new("id", RowOperator.Equal, delivery)], Limit = 1 });
        return rows.IsEmpty ? throw Refusals.Unknown("delivery", delivery) : rows[0].Text("channel") + "/" + rows[0].Integer("shard");
    }

    private static ImmutableArray<RowFilter> Filters(params ReadOnlySpan<(string Column, string? Value)> wanted)
    {
        var filters = ImmutableArray.CreateBuilder<RowFilter>();
        foreach (var (column, value) in wanted)
            if (value is not null)
                filters.Add(new RowFilter(column, RowOperator.Equal, value));
        return filters.ToImmutable();
    }

    private static ImmutableArray<RowFilter> After(string? id) => id is null ? [] : [new("id", RowOperator.Greater, id)];

    // Each audience's page is in order; of all together only the first of them are wanted.
    private async ValueTask<ImmutableArray<Row>> PageAsync(ImmutableArray<string> audiences, string? after, int limit)
    {
        var rows = new List<Row>();
        foreach (var audience in audiences)
            rows.AddRange(await journal.QueryAsync(new RowQuery(Tables.Notices) { Where = Filters(("audience", audience)).AddRange(After(after)), Limit = limit }));
        return [.. rows.OrderBy(row => row.Text("id"), StringComparer.Ordinal).Take(limit)];
    }

    private async ValueTask<ImmutableArray<NoticeRecord>> MarkedAsync(string reader, ImmutableArray<Row> notices)
    {
        if (notices.IsEmpty) return [];
        var reads = await journal.QueryAsync(new RowQuery(Tables.NoticeReads)
        {
            Where =
            [
                new("reader", RowOperator.Equal, reader),
                new("notice", RowOperator.GreaterOrEqual, notices[0].Text("id")),
                new("notice", RowOperator.LessOrEqual, notices[^1].Text("id")),
            ],
            Limit = int.MaxValue,
        });
        var readAt = reads.ToDictionary(row => row.Text("notice"), row => row.Integer("at").Instant());
        return [.. notices.Select(row => new NoticeRecord(
            row.Text("id"),
            row.Text("kind"),
            row.TextOrNull("about"),
            new LocalizedText(row.Text("title_zh"), row.Text("title_en")),
            new LocalizedText(row.Text("text_zh"), row.Text("text_en")),
            row.Integer("at").Instant(),
            readAt.TryGetValue(row.Text("id"), out var at) ? at : null))];
    }
}
