namespace OneStop.Journal.Schema;

/// <summary>Brings values into the one form that a column holds.</summary>
internal static class ColumnValue
{
    /// <summary>The value as <see cref="string"/>, <see cref="long"/>, <see cref="bool"/>, <see cref="double"/> or null.</summary>
    /// <exception cref="ArgumentException">The column cannot hold it.</exception>
    public static object? Normalise(TableSchema table, Column column, object? value)
    {
        switch (column.Type, value)
        {
            case (_, null) when column.Nullable:
            case (ColumnType.Integer, long):
            case (ColumnType.Boolean, bool):
            case (ColumnType.Real, double number) when double.IsFinite(number):
                return value;
            case (ColumnType.Text, string text):
                WellFormed.Check(text, $"{table.Name}.{column.Name}");
                return value;
            case (ColumnType.Integer, int number):
                return (long)number;
            case (ColumnType.Real, float number) when float.IsFinite(number):
                return (double)number;
            case (ColumnType.Real, long or int):
                return Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
            default:
                throw new ArgumentException($"Column {table.Name}.{column.Name} ({column.Type}) cannot hold {value ?? "nothing"}.", nameof(value));
        }
    }

    /// <summary>The value of a column that is not there yet in an old row.</summary>
    public static string DefaultLiteral(ColumnType type) => type switch
    {
        ColumnType.Text => "''",
        ColumnType.Integer => "0",
        ColumnType.Boolean => "false",
        ColumnType.Real => "0.0",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
