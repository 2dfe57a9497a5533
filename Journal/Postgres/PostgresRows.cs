using System.Runtime.CompilerServices;
using Npgsql;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Postgres;

/// <summary>The statements that write a read-model table, built once for each table.</summary>
internal static class PostgresRows
{
    private static readonly ConditionalWeakTable<TableSchema, string> Puts = [];
    private static readonly ConditionalWeakTable<TableSchema, string> Deletes = [];

    public static NpgsqlBatchCommand Command(RowSegment segment)
    {
        var columns = segment.Delete ? segment.Table.KeyColumns : segment.Table.Columns.Length;
        var command = new NpgsqlBatchCommand(segment.Delete ? Deletes.GetValue(segment.Table, Delete) : Puts.GetValue(segment.Table, Put));
        for (var i = 0; i < columns; i++)
            command.Parameters.Add(PostgresArrays.Values(segment.Rows, i, segment.Table.Columns[i].Type));
        return command;
    }

    // unnest gives the rows in the order of the arrays, and INSERT checks unique indexes row by row in that order.
    private static string Put(TableSchema table)
    {
        var columns = Names(table).ToArray();
        var changes = columns.Skip(table.KeyColumns).Select(static column => $"{column} = excluded.{column}").ToArray();
        var otherwise = changes.Length == 0 ? "NOTHING" : $"UPDATE SET {string.Join(", ", changes)}";
        return $"""
            INSERT INTO "{table.Name}" ({string.Join(", ", columns)}) SELECT * FROM unnest({Arrays(table, columns.Length)})
            ON CONFLICT ({string.Join(", ", columns.Take(table.KeyColumns))}) DO {otherwise}
            """;
    }

    private static string Delete(TableSchema table)
    {
        var keys = Names(table).Take(table.KeyColumns).ToArray();
        return $"""
            DELETE FROM "{table.Name}" t USING unnest({Arrays(table, keys.Length)}) k ({string.Join(", ", keys)})
            WHERE {string.Join(" AND ", keys.Select(static key => $"t.{key} = k.{key}"))}
            """;
    }

    private static IEnumerable<string> Names(TableSchema table) => table.Columns.Select(static column => $"\"{column.Name}\"");

    private static string Arrays(TableSchema table, int columns) =>
        string.Join(", ", table.Columns.Take(columns).Select(static (column, i) => $"${i + 1}::{Type(column.Type)}[]"));

    private static string Type(ColumnType type) => type switch
    {
        ColumnType.Text => "text",
        ColumnType.Integer => "bigint",
        ColumnType.Boolean => "boolean",
        _ => "double precision",
    };
}
