using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>The table of statistics and scores.</summary>
public static partial class Tables
{
    /// <summary>
    /// What counts of each case and rating, as its record stands; written by the append that changes it. <c>changed_at</c> tells what is
    /// new since a look; days are day numbers, 0 where nothing counts.
    /// </summary>
    public static TableSchema Performance { get; } = new("performance",
        [
            new("source", ColumnType.Text),
            new("seq", ColumnType.Integer),
            new("changed_at", ColumnType.Integer),
            new("first_day", ColumnType.Integer),
            new("last_day", ColumnType.Integer),
            new("marks", ColumnType.Text),
        ],
        KeyColumns: 1)
    {
        Indexes = [new("performance_changed", ["changed_at"])],
    };
}
