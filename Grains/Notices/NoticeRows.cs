using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Notices;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Notices;
using OneStop.Grains.Records;
using OneStop.Grains.Supervision;
using OneStop.Journal;

namespace OneStop.Grains.Notices;

/// <summary>Notices and deliveries to rows and back.</summary>
internal static class NoticeRows
{
    /// <summary>A key that puts the newest first.</summary>
    public static string NewestFirst(DateTimeOffset at, string id) => string.Create(CultureInfo.InvariantCulture, $"{long.MaxValue - at.Micros():D19}.{id}");

    public static RowChange Shown(Notice notice) => RowChange.Put(
        Tables.Notices,
        NewestFirst(notice.At, notice.Id),
        notice.To.Key,
        notice.Kind,
        notice.About,
        notice.Title.Zh,
        notice.Title.En,
        notice.Text.Zh,
        notice.Text.En,
        notice.At.Micros());

    public static RowChange Queued(Notice notice, NoticeChannel channel) => RowChange.Put(
        Tables.Outbox,
        DeliveryId(notice, channel),
        CamelCase.Of(channel),
        (long)ShardOf(notice),
        notice.Id,
        CamelCase.Of(notice.To.Kind),
        notice.To.Name,
        notice.To.Of,
        notice.Title.Zh,
        notice.Title.En,
        notice.Text.Zh,
        notice.Text.En,
        CamelCase.Of(DeliveryState.Pending),
        true,
        0L,
        notice.At.Micros(),
        notice.At.Micros(),
        null,
        null);

    /// <summary>The same delivery after an attempt.</summary>
    public static RowChange Tried(Row row, DeliveryState state, int attempts, DateTimeOffset? nextAt, DateTimeOffset? deliveredAt, string? error)
    {
        var values = row.Values.ToArray();
        void Set(string column, object? value)
        {
            for (var i = 0; i < values.Length; i++)
                if (Tables.Outbox.Columns[i].Name == column)
                    values[i] = value;
        }

        Set("state", CamelCase.Of(state));
        Set("pending", state == DeliveryState.Pending);
        Set("attempts", (long)attempts);
        Set("next_at", nextAt?.Micros());
        Set("delivered_at", deliveredAt?.Micros());
        Set("error", error);
        return RowChange.Put(Tables.Outbox, values);
    }

    public static int ShardOf(Notice notice) => DeadlineGrain.ShardOf(notice.Id) % IOutboxGrain.Shards;

    public static string KeyOf(NoticeChannel channel, int shard) => string.Create(CultureInfo.InvariantCulture, $"{CamelCase.Of(channel)}/{shard}");

    public static Audience To(Row row) => new(RecordRows.Word<AudienceKind>(row.Text("to_kind")), row.Text("to_name"), row.TextOrNull("to_of"));

    public static DeliveryRecord Delivery(Row row) => new(
        row.Text("id"),
        RecordRows.Word<NoticeChannel>(row.Text("channel")),
        row.Text("notice"),
        To(row),
        RecordRows.Word<DeliveryState>(row.Text("state")),
        (int)row.Integer("attempts"),
        row.Integer("created_at").Instant(),
        row.IntegerOrNull("next_at")?.Instant(),
        row.IntegerOrNull("delivered_at")?.Instant(),
        row.TextOrNull("error"));

    private static string DeliveryId(Notice notice, NoticeChannel channel) => $"{notice.Id}.{CamelCase.Of(channel)}";
}
