using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OneStop.Journal.Schema;

/// <summary>The read-model tables of a journal; the only names that ever reach an SQL text come through here.</summary>
internal sealed partial class TableCatalogue
{
    private static readonly FrozenSet<string> Reserved =
        FrozenSet.Create(StringComparer.Ordinal, "streams", "events", "wakeups", "commands", "documents", "subject_keys", "files", "file_parts", "schema_version");

    private readonly FrozenDictionary<string, TableSchema> _tables;

    /// <exception cref="ArgumentException">A table cannot be kept as described.</exception>
    public TableCatalogue(ImmutableArray<TableSchema> tables)
    {
        var indexes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in tables)
            Check(table, indexes);
        if (tables.DistinctBy(static table => table.Name).Count() != tables.Length)
            throw new ArgumentException("Two read-model tables have the same name.", nameof(tables));
        Tables = tables;
        _tables = tables.ToFrozenDictionary(static table => table.Name, StringComparer.Ordinal);
    }

    public ImmutableArray<TableSchema> Tables { get; }

    /// <summary>The table as this journal keeps it.</summary>
    /// <exception cref="ArgumentException">It keeps no such table, or another one under that name.</exception>
    public TableSchema Resolve(TableSchema table)
    {
        if (!_tables.TryGetValue(table.Name, out var kept))
            throw new ArgumentException($"The journal was opened without a table {table.Name}.", nameof(table));
        if (!ReferenceEquals(kept, table) && (kept.KeyColumns != table.KeyColumns || !kept.Columns.SequenceEqual(table.Columns)))
            throw new ArgumentException($"The journal was opened with another table {table.Name}.", nameof(table));
        return kept;
    }

    /// <summary>A column of a table by its name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Column Column(TableSchema table, string name)
    {
        foreach (var column in table.Columns)
            if (column.Name == name)
                return column;
        throw new ArgumentException($"Table {table.Name} has no column {name}.", nameof(name));
    }

    private static void Check(TableSchema table, HashSet<string> indexes)
    {
        CheckName(table.Name);
        if (Reserved.Contains(table.Name))
            throw new ArgumentException($"The name {table.Name} is the journal's own.", nameof(table));
        if (table.Columns.IsDefaultOrEmpty || table.KeyColumns < 1 || table.KeyColumns > table.Columns.Length)
            throw new ArgumentException($"Table {table.Name} needs at least one column, and its key must be among them.", nameof(table));
        if (table.Columns.DistinctBy(static column => column.Name).Count() != table.Columns.Length)
            throw new ArgumentException($"Table {table.Name} has two columns of the same name.", nameof(table));
        if (table.Columns.Take(table.KeyColumns).Any(static column => column.Nullable))
            throw new ArgumentException($"Table {table.Name} has a key that may be absent.", nameof(table));
        foreach (var column in table.Columns)
            CheckName(column.Name);
        foreach (var index in table.Indexes)
            Check(table, index, indexes);
    }

    private static void Check(TableSchema table, TableIndex index, HashSet<string> indexes)
    {
        CheckName(index.Name);
        if (!indexes.Add(index.Name) || index.Columns.IsDefaultOrEmpty)
            throw new ArgumentException($"Index {index.Name} needs columns and a name of its own.", nameof(index));
        foreach (var column in index.Columns)
            Column(table, column);
        if (index.Where is { } condition && Column(table, condition).Type is not ColumnType.Boolean)
            throw new ArgumentException($"Index {index.Name} can only be limited by a boolean column.", nameof(index));
    }

    private static void CheckName(string name)
    {
        if (!SnakeCase().IsMatch(name))
        {
            throw new ArgumentException(
                $"'{name}' is no name for a table, column or index: lower case letters, digits and underscores, at most 60.", nameof(name));
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,59}\z")]
    private static partial Regex SnakeCase();
}
