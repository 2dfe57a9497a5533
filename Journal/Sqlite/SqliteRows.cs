using System.Runtime.CompilerServices;

namespace OneStop.Journal.Sqlite;

/// <summary>The statements that write a read-model table, built once for each table.</summary>
internal static class SqliteRows
{
    private static readonly ConditionalWeakTable<TableSchema, string> Puts = [];
    private static readonly ConditionalWeakTable<TableSchema, string> Deletes = [];

    public static string Put(TableSchema table) => Puts.GetValue(table, static table =>
    {
        var columns = table.Columns.Select(static column => $"\"{column.Name}\"").ToArray();
        var values = columns.Select(static (_, i) => $"?{i + 1}");
        var changes = columns.Skip(table.KeyColumns).Select((column, i) => $"{column} = ?{table.KeyColumns + i + 1}").ToArray();
        var otherwise = changes.Length == 0 ? "NOTHING" : $"UPDATE SET {string.Join(", ", changes)}";
        return $"""
            INSERT INTO "{table.Name}" ({string.Join(", ", columns)}) VALUES ({string.Join(", ", values)})
            ON CONFLICT ({string.Join(", ", columns.Take(table.KeyColumns))}) DO {otherwise}
            """;
    });

    public static string Delete(TableSchema table) => Deletes.GetValue(table, static table =>
    {
        var key = table.Columns.Take(table.KeyColumns).Select(static (column, i) => $"\"{column.Name}\" = ?{i + 1}");
        return $"DELETE FROM \"{table.Name}\" WHERE {string.Join(" AND ", key)}";
    });
}
