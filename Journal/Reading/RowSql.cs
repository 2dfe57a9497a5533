using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OneStop.Journal.Schema;

namespace OneStop.Journal.Reading;

/// <summary>
/// The SQL of a question to a read-model table, the same for both stores. Names come from the catalogue, values are
/// parameters; nothing a caller sends becomes part of the text.
/// </summary>
internal sealed class RowSql
{
    private readonly StringBuilder _text = new("SELECT ");
    private readonly List<object> _arguments = [];
    private readonly TableSchema _table;

    private RowSql(TableSchema table) => _table = table;

    public string Text => _text.ToString();

    public object[] Arguments => [.. _arguments];

    /// <exception cref="ArgumentException">The question does not fit the table.</exception>
    public static RowSql Query(TableSchema table, RowQuery query)
    {
        var sql = new RowSql(table);
        sql.Columns(table.Columns.Select(static column => column.Name));
        sql.From(query.Where);
        sql._text.Append(" ORDER BY ");
        var ordered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var order in query.OrderBy)
            sql.Order(TableCatalogue.Column(table, order.Column), order.Descending, ordered);
        foreach (var key in table.Columns.Take(table.KeyColumns))
            sql.Order(key, false, ordered);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Limit);
        sql._text.Append(" LIMIT ").Append(sql.Parameter((long)query.Limit));
        return sql;
    }

    /// <exception cref="ArgumentException">The question does not fit the table.</exception>
    public static RowSql Count(TableSchema table, ImmutableArray<RowFilter> where, ImmutableArray<string> by)
    {
        var sql = new RowSql(table);
        var columns = by.Select(name => TableCatalogue.Column(table, name).Name).ToArray();
        sql.Columns([.. columns, null]);
        sql.From(where);
        if (columns.Length == 0)
            return sql;
        sql._text.Append(" GROUP BY ");
        sql.Columns(columns);
        sql._text.Append(" ORDER BY ");
        var ordered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in columns)
            sql.Order(TableCatalogue.Column(table, column), false, ordered);
        return sql;
    }

    // Null stands for the count.
    private void Columns(IEnumerable<string?> columns) =>
        _text.AppendJoin(", ", columns.Select(static column => column is null ? "COUNT(*)" : $"\"{column}\""));

    private void From(ImmutableArray<RowFilter> where)
    {
        _text.Append(CultureInfo.InvariantCulture, $" FROM \"{_table.Name}\"");
        for (var i = 0; i < where.Length; i++)
        {
            _text.Append(i == 0 ? " WHERE " : " AND ");
            Condition(TableCatalogue.Column(_table, where[i].Column), where[i]);
        }
    }

    private void Condition(Column column, RowFilter filter)
    {
        var name = $"\"{column.Name}\"";
        var value = filter.Value is null ? null : ColumnValue.Normalise(_table, column, filter.Value);
        var text = (filter.Operator, value) switch
        {
            (RowOperator.Equal, null) => $"{name} IS NULL",
            (RowOperator.NotEqual, null) => $"{name} IS NOT NULL",
            (_, null) => throw new ArgumentException($"Nothing is neither less nor greater than {column.Name}.", nameof(filter)),
            // Written as the partial indexes write it, or the planner would not use them.
            (RowOperator.Equal, bool flag) => flag ? name : $"NOT {name}",
            (RowOperator.NotEqual, bool flag) => $"({name} IS NULL OR {(flag ? $"NOT {name}" : name)})",
            (RowOperator.Equal, _) => $"{name} = {Parameter(value)}",
            (RowOperator.NotEqual, _) => $"({name} IS NULL OR {name} <> {Parameter(value)})",
            (RowOperator.Less, _) => $"{name} < {Parameter(value)}",
            (RowOperator.LessOrEqual, _) => $"{name} <= {Parameter(value)}",
            (RowOperator.Greater, _) => $"{name} > {Parameter(value)}",
            (RowOperator.GreaterOrEqual, _) => $"{name} >= {Parameter(value)}",
            _ => throw new ArgumentException($"There is no comparison {filter.Operator}.", nameof(filter)),
        };
        _text.Append(text);
    }

    private void Order(Column column, bool descending, HashSet<string> ordered)
    {
        if (!ordered.Add(column.Name))
            return;
        if (ordered.Count > 1)
            _text.Append(", ");
        _text.Append(CultureInfo.InvariantCulture, $"\"{column.Name}\"{(descending ? " DESC" : string.Empty)}");
        // The stores differ in where absent values come: here they are greater than all others.
        if (column.Nullable)
            _text.Append(descending ? " NULLS FIRST" : " NULLS LAST");
    }

    private string Parameter(object value)
    {
        _arguments.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_arguments.Count}");
    }
}
