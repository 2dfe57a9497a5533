using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>The tables of cases.</summary>
public static partial class Tables
{
    /// <summary>Every read-model table.</summary>
    public static System.Collections.Immutable.ImmutableArray<TableSchema> All =>
    [
        Applications, Cards, Tasks, Findings, Tickets, Appointments, Ratings, Notices, NoticeReads, Outbox, Publicity, Definitions, RolloutCases,
        Performance, Licences, Archive,
    ];

    /// <summary>Cases (办件) as they stand.</summary>
    public static TableSchema Applications { get; } = new("applications",
        [
            new("number", ColumnType.Text),
            new("registration", ColumnType.Text),
            new("item", ColumnType.Text),
            new("item_zh", ColumnType.Text),
            new("item_en", ColumnType.Text),
            new("department", ColumnType.Text),
            new("channel", ColumnType.Text),
            new("state", ColumnType.Text),
            new("light", ColumnType.Text),
            new("open", ColumnType.Boolean),
            new("received_at", ColumnType.Integer, Nullable: true),
            new("started_at", ColumnType.Integer, Nullable: true),
            new("ended_at", ColumnType.Integer, Nullable: true),
            new("due_at", ColumnType.Integer, Nullable: true),
            new("statutory_due_at", ColumnType.Integer, Nullable: true),
            new("provisional", ColumnType.Boolean),
            new("seq", ColumnType.Integer),
            new("calendar", ColumnType.Text, Nullable: true),
            new("calendar_version", ColumnType.Integer),
            new("item_version", ColumnType.Integer),
            new("time_rule", ColumnType.Text),
        ],
        KeyColumns: 1)
    {
        Indexes =
        [
            new("applications_open", ["department", "due_at"]) { Where = "open" },
            new("applications_ended", ["department", "ended_at"]),
            new("applications_applicant", ["registration"]),
        ],
    };

    /// <summary>Cards (预警, 黄牌, 红牌), the superseded and the withdrawn among them.</summary>
    public static TableSchema Cards { get; } = new("cards",
        [
            new("id", ColumnType.Text),
            new("application", ColumnType.Text),
            new("level", ColumnType.Text),
            new("clock", ColumnType.Text),
            new("subject", ColumnType.Text, Nullable: true),
            new("department", ColumnType.Text),
            new("rule_code", ColumnType.Text),
            new("rule_version", ColumnType.Integer),
            new("standing", ColumnType.Text),
            new("in_force", ColumnType.Boolean),
            new("issued_at", ColumnType.Integer),
            new("recorded_at", ColumnType.Integer),
            new("withdrawn_at", ColumnType.Integer, Nullable: true),
            new("explain_by", ColumnType.Integer, Nullable: true),
            new("explained_at", ColumnType.Integer, Nullable: true),
            new("unexplained_at", ColumnType.Integer, Nullable: true),
            new("upheld_at", ColumnType.Integer, Nullable: true),
        ],
        KeyColumns: 1)
    {
        Indexes =
        [
            new("cards_one_a_level", ["application", "rule_code", "rule_version", "level"]) { Unique = true, Where = "in_force" },
            new("cards_latest", ["department", "issued_at"]),
        ],
    };

    /// <summary>Steps of cases, to be worked on.</summary>
    public static TableSchema Tasks { get; } = new("tasks",
        [
            new("id", ColumnType.Text),
            new("application", ColumnType.Text),
            new("step", ColumnType.Text),
            new("name_zh", ColumnType.Text),
            new("name_en", ColumnType.Text),
            new("department", ColumnType.Text),
            new("state", ColumnType.Text),
            new("due_at", ColumnType.Integer, Nullable: true),
            new("light", ColumnType.Text),
            new("claimed_by", ColumnType.Text, Nullable: true),
        ],
        KeyColumns: 1)
    {
        Indexes = [new("tasks_inbox", ["department", "state"])],
    };

    /// <summary>What the inspections found.</summary>
    public static TableSchema Findings { get; } = new("findings",
        [
            new("id", ColumnType.Text),
            new("application", ColumnType.Text),
            new("kind", ColumnType.Text),
            new("subject", ColumnType.Text),
            new("time", ColumnType.Integer),
            new("rule_code", ColumnType.Text, Nullable: true),
            new("rule_version", ColumnType.Integer, Nullable: true),
            new("points", ColumnType.Integer, Nullable: true),
        ],
        KeyColumns: 1);
}
