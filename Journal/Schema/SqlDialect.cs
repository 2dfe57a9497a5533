using System.Data.Common;

namespace OneStop.Journal.Schema;

/// <summary>Where the two databases' schema statements differ.</summary>
internal sealed record SqlDialect
{
    public required string Text { get; init; }

    public required string Integer { get; init; }

    public required string Boolean { get; init; }

    public required string Real { get; init; }

    public required string Blob { get; init; }

    /// <summary>Follows the columns of a table whose rows are changed in place again and again.</summary>
    public required string ChangedInPlace { get; init; }

    /// <summary>Gives name and type of each column of table $1; no rows when there is no such table.</summary>
    public required string ColumnsOfTable { get; init; }

    public string Type(ColumnType type) => type switch
    {
        ColumnType.Text => Text,
        ColumnType.Integer => Integer,
        ColumnType.Boolean => Boolean,
        _ => Real,
    };
}

/// <summary>Commands whose parameters are $1, $2, ... on either database.</summary>
internal static class DbCommands
{
#pragma warning disable CA2100 // All SQL texts are constants or come from the catalogue of tables.
    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<object> arguments)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = command.CreateParameter();
            // SQLite knows parameters by name; Npgsql counts those that have none.
            if (connection is Microsoft.Data.Sqlite.SqliteConnection)
                parameter.ParameterName = ParameterName(i);
            parameter.Value = arguments[i];
            command.Parameters.Add(parameter);
        }

        return command;
    }
#pragma warning restore CA2100

    private static string ParameterName(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${index + 1}");
}
