namespace OneStop.Journal.Schema;

/// <summary>The statements that make a read-model table.</summary>
internal static class TableScript
{
    public static string Create(SqlDialect sql, TableSchema table)
    {
        var columns = table.Columns.Select((column, i) => Definition(sql, column, isKey: i < table.KeyColumns));
        var key = string.Join(", ", table.Columns.Take(table.KeyColumns).Select(static column => $"\"{column.Name}\""));
        return $"CREATE TABLE \"{table.Name}\" ({string.Join(", ", columns)}, PRIMARY KEY ({key})){sql.ChangedInPlace}";
    }

    public static string AddColumn(SqlDialect sql, TableSchema table, Column column) =>
        $"ALTER TABLE \"{table.Name}\" ADD COLUMN {Definition(sql, column, isKey: false)}";

    public static string CreateIndex(TableSchema table, TableIndex index)
    {
        var columns = string.Join(", ", index.Columns.Select(static column => $"\"{column}\""));
        var condition = index.Where is { } column ? $" WHERE \"{column}\"" : string.Empty;
        var unique = index.Unique ? "UNIQUE " : string.Empty;
        return $"CREATE {unique}INDEX IF NOT EXISTS \"{index.Name}\" ON \"{table.Name}\" ({columns}){condition}";
    }

    // The default is for programs of the version before, which do not know the column yet and write beside this one.
    private static string Definition(SqlDialect sql, Column column, bool isKey) => (isKey, column.Nullable) switch
    {
        (true, _) => $"\"{column.Name}\" {sql.Type(column.Type)} NOT NULL",
        (_, true) => $"\"{column.Name}\" {sql.Type(column.Type)}",
        _ => $"\"{column.Name}\" {sql.Type(column.Type)} NOT NULL DEFAULT {ColumnValue.DefaultLiteral(column.Type)}",
    };
}
