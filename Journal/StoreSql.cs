namespace OneStop.Journal;

/// <summary>Statements that both stores use as they are.</summary>
internal static class StoreSql
{
    /// <summary>Whether an event with this hash is there.</summary>
    public const string EventThere = "SELECT COUNT(*) FROM events WHERE stream = $1 AND seq = $2 AND hash = $3";

    /// <summary>Whether a command with this hash is there.</summary>
    public const string CommandThere = "SELECT COUNT(*) FROM commands WHERE caller = $1 AND id = $2 AND body_hash = $3 AND at = $4";

    /// <summary>A bite at a time, so that a long backlog does not hold up one batch.</summary>
    public static string ForgetCommands(string row) =>
        $"DELETE FROM commands WHERE {row} IN (SELECT {row} FROM commands WHERE at < $1 ORDER BY at LIMIT 5000)";
}
