using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>The tables of what goes before and after a ticket.</summary>
public static partial class Tables
{
    /// <summary>Appointments (预约) as they stand. The person is a registration number, which nobody can turn round.</summary>
    public static TableSchema Appointments { get; } = new("appointments",
        [
            new("id", ColumnType.Text),
            new("hall", ColumnType.Text),
            new("service", ColumnType.Text),
            new("day", ColumnType.Text),
            new("slot", ColumnType.Integer),
            new("person", ColumnType.Text),
            new("state", ColumnType.Text),
            new("open", ColumnType.Boolean),
            new("ticket", ColumnType.Text, Nullable: true),
            new("application", ColumnType.Text, Nullable: true),
        ],
        KeyColumns: 1)
    {
        Indexes =
        [
            new(OneOpenAppointment, ["hall", "service", "person"]) { Unique = true, Where = "open" },
            new("appointments_day", ["hall", "day"]),
        ],
    };

    /// <summary>Ratings (好差评) and the rectifications they opened.</summary>
    public static TableSchema Ratings { get; } = new("ratings",
        [
            new("ticket", ColumnType.Text),
            new("number", ColumnType.Text),
            new("hall", ColumnType.Text),
            new("service", ColumnType.Text),
            new("counter", ColumnType.Text, Nullable: true),
            new("clerk", ColumnType.Text, Nullable: true),
            new("grade", ColumnType.Text),
            new("state", ColumnType.Text),
            new("rated_at", ColumnType.Integer),
            new("due_at", ColumnType.Integer, Nullable: true),
            new("rectified_at", ColumnType.Integer, Nullable: true),
        ],
        KeyColumns: 1)
    {
        Indexes = [new("ratings_state", ["hall", "state"])],
    };

    /// <summary>The index behind "one open booking per person and service".</summary>
    public const string OneOpenAppointment = "appointments_one_open";
}
