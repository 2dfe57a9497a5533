using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>The table of the archive.</summary>
public static partial class Tables
{
    /// <summary>Archived cases (归档). Nothing of their applicants stands in them.</summary>
    public static TableSchema Archive { get; } = new("archive",
        [
            new("number", ColumnType.Text),
            new("item", ColumnType.Text),
            new("item_zh", ColumnType.Text),
            new("item_en", ColumnType.Text),
            new("department", ColumnType.Text),
            new("ended_at", ColumnType.Integer),
            new("archived_at", ColumnType.Integer),
            new("rule", ColumnType.Text),
            new("erased_at", ColumnType.Integer, Nullable: true),
        ],
        KeyColumns: 1)
    {
        Indexes = [new("archive_of_department", ["department", "number"])],
    };
}
