using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>The tables of licences.</summary>
public static partial class Tables
{
    /// <summary>Licences (证照) as they stand. Nothing of their holders stands in them.</summary>
    public static TableSchema Licences { get; } = new("licences",
        [
            new("number", ColumnType.Text),
            new("name_zh", ColumnType.Text),
            new("name_en", ColumnType.Text),
            new("item", ColumnType.Text),
            new("department", ColumnType.Text),
            new("state", ColumnType.Text),
            new("issued_at", ColumnType.Integer),
            new("valid_until", ColumnType.Integer, Nullable: true),
            new("inspection_due_at", ColumnType.Integer, Nullable: true),
            new("inspected_at", ColumnType.Integer, Nullable: true),
            new("ended_at", ColumnType.Integer, Nullable: true),
        ],
        KeyColumns: 1)
    {
        Indexes =
        [
            new("licences_of_department", ["department", "number"]),
            new("licences_ending", ["valid_until"]),
        ],
    };
}
