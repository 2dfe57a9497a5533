using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>The read-model tables.</summary>
public static partial class Tables
{
    /// <summary>Hall tickets as they stand. An active ticket holds its counter and its clerk, whatever else goes wrong.</summary>
    public static TableSchema Tickets { get; } = new("tickets",
        [
            new("id", ColumnType.Text),
            new("hall", ColumnType.Text),
            new("service", ColumnType.Text),
            new("day", ColumnType.Text),
            new("number", ColumnType.Text),
            new("segment", ColumnType.Text),
            new("state", ColumnType.Text),
            new("active", ColumnType.Boolean),
            new("taken_at", ColumnType.Integer),
            new("called_at", ColumnType.Integer, Nullable: true),
            new("started_at", ColumnType.Integer, Nullable: true),
            new("ended_at", ColumnType.Integer, Nullable: true),
            new("counter", ColumnType.Text, Nullable: true),
            new("clerk", ColumnType.Text, Nullable: true),
            new("calls", ColumnType.Integer),
            new("outcome", ColumnType.Text, Nullable: true),
            new("language", ColumnType.Text),
            new("previous", ColumnType.Text, Nullable: true),
            new("first_called_at", ColumnType.Integer, Nullable: true),
            new("only_counter", ColumnType.Text, Nullable: true),
            new("estimated_p50", ColumnType.Integer, Nullable: true),
            new("estimated_p90", ColumnType.Integer, Nullable: true),
            new("appointment", ColumnType.Text, Nullable: true),
            new("only_pool", ColumnType.Text, Nullable: true),
        ],
        KeyColumns: 1)
    {
        Indexes =
        [
            new("tickets_number", ["hall", "day", "number"]) { Unique = true },
            new(OneTicketACounter, ["hall", "day", "counter"]) { Unique = true, Where = "active" },
            new(OneTicketAClerk, ["day", "clerk"]) { Unique = true, Where = "active" },
        ],
    };

    /// <summary>The index behind "a counter has one active ticket at most".</summary>
    public const string OneTicketACounter = "tickets_one_a_counter";

    /// <summary>The index behind "a clerk has one active ticket at most".</summary>
    public const string OneTicketAClerk = "tickets_one_a_clerk";
}
