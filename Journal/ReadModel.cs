using System.Collections.Immutable;

namespace OneStop.Journal;

/// <summary>A read-model table: what the record looks like now, for queries.</summary>
/// <param name="Name">Its name in the database, snake_case.</param>
/// <param name="Columns">All columns; the first <paramref name="KeyColumns"/> of them are the primary key.</param>
/// <param name="KeyColumns">How many leading columns make the key.</param>
public sealed record TableSchema(string Name, ImmutableArray<Column> Columns, int KeyColumns)
{
    /// <summary>Secondary indexes. Default: none.</summary>
    public ImmutableArray<TableIndex> Indexes { get; init; } = [];
}

/// <summary>A column of a read-model table.</summary>
/// <param name="Name">Its name, snake_case.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Nullable">Whether it may hold nothing. Default: false.</param>
public sealed record Column(string Name, ColumnType Type, bool Nullable = false);

/// <summary>What columns hold: <see cref="string"/>, <see cref="long"/> (also instants, microseconds UTC), <see cref="bool"/> or <see cref="double"/>.</summary>
public enum ColumnType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A 64-bit integer; instants are microseconds UTC.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A 64-bit floating point number.</summary>
    Real,
}

/// <summary>An index of a read-model table.</summary>
/// <param name="Name">Its name, unique in the database.</param>
/// <param name="Columns">The indexed columns.</param>
public sealed record TableIndex(string Name, ImmutableArray<string> Columns)
{
    /// <summary>Whether it forbids equal values. Default: false.</summary>
    public bool Unique { get; init; }

    /// <summary>Only rows in which this boolean column is true are indexed. Default: all rows.</summary>
    public string? Where { get; init; }
}

/// <summary>A change of one row.</summary>
/// <param name="Table">The table.</param>
/// <param name="Values">All values in the order of the columns; when deleting only the key's.</param>
/// <param name="Delete">Whether the row goes.</param>
public sealed record RowChange(TableSchema Table, ImmutableArray<object?> Values, bool Delete)
{
    /// <summary>Writes the row, replacing the one with the same key.</summary>
    public static RowChange Put(TableSchema table, params ReadOnlySpan<object?> values) => new(table, [.. values], false);

    /// <summary>Removes the row with this key.</summary>
    public static RowChange Remove(TableSchema table, params ReadOnlySpan<object?> key) => new(table, [.. key], true);
}

/// <summary>A question to one read-model table.</summary>
/// <param name="Table">The table.</param>
public sealed record RowQuery(TableSchema Table)
{
    /// <summary>All must hold. Default: every row.</summary>
    public ImmutableArray<RowFilter> Where { get; init; } = [];

    /// <summary>Columns to order by; the key is always added to make the order total. Default: the key.</summary>
    public ImmutableArray<RowOrder> OrderBy { get; init; } = [];

    /// <summary>At most this many rows. Default: 500.</summary>
    public int Limit { get; init; } = 500;
}

/// <summary>A condition on a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Value">With what; null with <see cref="RowOperator.Equal"/> and <see cref="RowOperator.NotEqual"/> means absent.</param>
public sealed record RowFilter(string Column, RowOperator Operator, object? Value);

/// <summary>Comparisons of <see cref="RowFilter"/>.</summary>
public enum RowOperator
{
    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Not equal.</summary>
    NotEqual,

    /// <summary>Less.</summary>
    Less,

    /// <summary>Less or equal.</summary>
    LessOrEqual,

    /// <summary>Greater.</summary>
    Greater,

    /// <summary>Greater or equal.</summary>
    GreaterOrEqual,
}

/// <summary>An order of rows.</summary>
public sealed record RowOrder(string Column, bool Descending = false);

/// <summary>A row as it was read.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Values">Its values in the order of the columns.</param>
public sealed record Row(TableSchema Table, ImmutableArray<object?> Values)
{
    /// <summary>The value of a column as text.</summary>
    public string Text(string column) => (string)this[column]!;

    /// <summary>The value of a column as text, or null.</summary>
    public string? TextOrNull(string column) => (string?)this[column];

    /// <summary>The value of an integer column.</summary>
    public long Integer(string column) => (long)this[column]!;

    /// <summary>The value of an integer column, or null.</summary>
    public long? IntegerOrNull(string column) => (long?)this[column];

    /// <summary>The value of a boolean column.</summary>
    public bool Flag(string column) => (bool)this[column]!;

    /// <summary>The value of a column.</summary>
    /// <exception cref="ArgumentException">The table has no such column.</exception>
    public object? this[string column]
    {
        get
        {
            for (var i = 0; i < Table.Columns.Length; i++)
                if (Table.Columns[i].Name == column)
                    return Values[i];
            throw new ArgumentException($"Table {Table.Name} has no column {column}.", nameof(column));
        }
    }
}

/// <summary>A count for one combination of values.</summary>
public sealed record RowCount(ImmutableArray<object?> Group, long Count);
