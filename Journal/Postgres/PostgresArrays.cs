using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;

namespace OneStop.Journal.Postgres;

/// <summary>Columns of values as array parameters: one statement then writes any number of rows.</summary>
internal static class PostgresArrays
{
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    public static NpgsqlParameter Texts<T>(IReadOnlyList<T> items, Func<T, string> value) => Array(items, value, NpgsqlDbType.Text);

    public static NpgsqlParameter Longs<T>(IReadOnlyList<T> items, Func<T, long> value) => Array(items, value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Blobs<T>(IReadOnlyList<T> items, Func<T, byte[]?> value) => Array(items, value, NpgsqlDbType.Bytea);

    /// <summary>One column of the rows of a read-model table.</summary>
    public static NpgsqlParameter Values(IReadOnlyList<ImmutableArray<object?>> rows, int column, ColumnType type) => type switch
    {
        ColumnType.Text => Array(rows, row => (string?)row[column], NpgsqlDbType.Text),
        ColumnType.Integer => Array(rows, row => (long?)row[column], NpgsqlDbType.Bigint),
        ColumnType.Boolean => Array(rows, row => (bool?)row[column], NpgsqlDbType.Boolean),
        _ => Array(rows, row => (double?)row[column], NpgsqlDbType.Double),
    };

    private static NpgsqlParameter<TValue[]> Array<T, TValue>(IReadOnlyList<T> items, Func<T, TValue> value, NpgsqlDbType type)
    {
        var array = new TValue[items.Count];
        for (var i = 0; i < array.Length; i++)
            array[i] = value(items[i]);
        return new NpgsqlParameter<TValue[]> { TypedValue = array, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
