using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>The tables of definitions and of what they do to running cases.</summary>
public static partial class Tables
{
    /// <summary>How far the record of the definitions goes: one row, so that a process sees at a glance whether it knows them all.</summary>
    public static TableSchema Definitions { get; } = new("definitions", [new("name", ColumnType.Text), new("head", ColumnType.Integer)], KeyColumns: 1);

    /// <summary>What a rollout did, or would do, to the cases that move or were refused.</summary>
    public static TableSchema RolloutCases { get; } = new("rollout_cases",
        [
            new("rollout", ColumnType.Text),
            new("application", ColumnType.Text),
            new("change", ColumnType.Text),
        ],
        KeyColumns: 2);

    /// <summary>A calendar as rows name it: the country's own by nothing, as in rows that were written before they named one.</summary>
    internal static string? CalendarOf(string? code) => code == "cn" ? null : code;
}
