using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>The tables of notices.</summary>
public static partial class Tables
{
    /// <summary>Notices (通知) as they are shown on screen; the key begins so that the newest comes first.</summary>
    public static TableSchema Notices { get; } = new("notices",
        [
            new("id", ColumnType.Text),
            new("audience", ColumnType.Text),
            new("kind", ColumnType.Text),
            new("about", ColumnType.Text, Nullable: true),
            new("title_zh", ColumnType.Text),
            new("title_en", ColumnType.Text),
            new("text_zh", ColumnType.Text),
            new("text_en", ColumnType.Text),
            new("at", ColumnType.Integer),
        ],
        KeyColumns: 1)
    {
        Indexes = [new("notices_audience", ["audience", "id"])],
    };

    /// <summary>Who has read which notice.</summary>
    public static TableSchema NoticeReads { get; } = new("notice_reads",
        [new("reader", ColumnType.Text), new("notice", ColumnType.Text), new("at", ColumnType.Integer)],
        KeyColumns: 2);

    /// <summary>Notices on their way through a channel: written with what caused them, changed by the outbox alone.</summary>
    public static TableSchema Outbox { get; } = new("outbox",
        [
            new("id", ColumnType.Text),
            new("channel", ColumnType.Text),
            new("shard", ColumnType.Integer),
            new("notice", ColumnType.Text),
            new("to_kind", ColumnType.Text),
            new("to_name", ColumnType.Text),
            new("to_of", ColumnType.Text, Nullable: true),
            new("title_zh", ColumnType.Text),
            new("title_en", ColumnType.Text),
            new("text_zh", ColumnType.Text),
            new("text_en", ColumnType.Text),
            new("state", ColumnType.Text),
            new("pending", ColumnType.Boolean),
            new("attempts", ColumnType.Integer),
            new("created_at", ColumnType.Integer),
            new("next_at", ColumnType.Integer, Nullable: true),
            new("delivered_at", ColumnType.Integer, Nullable: true),
            new("error", ColumnType.Text, Nullable: true),
        ],
        KeyColumns: 1)
    {
        Indexes = [new("outbox_due", ["channel", "shard", "next_at"]) { Where = "pending" }],
    };

    /// <summary>What is made public (公示): decisions, and cards that stand; the newest first.</summary>
    public static TableSchema Publicity { get; } = new("publicity",
        [
            new("id", ColumnType.Text),
            new("kind", ColumnType.Text),
            new("application", ColumnType.Text),
            new("item_zh", ColumnType.Text),
            new("item_en", ColumnType.Text),
            new("department", ColumnType.Text),
            new("result", ColumnType.Text),
            new("at", ColumnType.Integer),
        ],
        KeyColumns: 1)
    {
        Indexes = [new("publicity_department", ["department", "id"])],
    };
}
