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

    public static NpgsqlParameter Texts<T>(IReadOnlyList<T> items, Func<T, string> value) =>
        new NpgsqlParameter<string[]> { TypedValue = Column(items, value), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Longs<T>(IReadOnlyList<T> items, Func<T, long> value) =>
        new NpgsqlParameter<long[]> { TypedValue = Column(items, value), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    public static NpgsqlParameter Blobs<T>(IReadOnlyList<T> items, Func<T, byte[]?> value) =>
        new NpgsqlParameter<byte[]?[]> { TypedValue = Column(items, value), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };

    /// <summary>One column of a read-model table.</summary>
    public static NpgsqlParameter Values(RowSegmentColumn column) => column.Type switch
    {
        ColumnType.Text => new NpgsqlParameter<string?[]> { TypedValue = Column(column.Rows, row => (string?)row[column.Index]), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        ColumnType.Integer => new NpgsqlParameter<long?[]> { TypedValue = Column(column.Rows, row => (long?)row[column.Index]), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
        ColumnType.Boolean => new NpgsqlParameter<bool?[]> { TypedValue = Column(column.Rows, row => (bool?)row[column.Index]), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean },
        _ => new NpgsqlParameter<double?[]> { TypedValue = Column(column.Rows, row => (double?)row[column.Index]), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double },
    };

    private static TValue[] Column<T, TValue>(IReadOnlyList<T> items, Func<T, TValue> value)
    {
        var column = new TValue[items.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(items[i]);
        return column;
    }
}

/// <summary>One column of the rows of a segment.</summary>
internal readonly record struct RowSegmentColumn(IReadOnlyList<System.Collections.Immutable.ImmutableArray<object?>> Rows, int Index, ColumnType Type);
