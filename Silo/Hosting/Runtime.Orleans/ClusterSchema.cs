using Npgsql;

namespace OneStop.Silo.Hosting;

/// <summary>The tables and queries that Orleans' providers need, in a schema of their own beside the record.</summary>
public static class ClusterSchema
{
    private const string Name = "orleans";
    private const string Script = "OneStop.Silo.ClusterSchema.sql";

    // Any number will do as long as all silos use the same.
    private const long Lock = 0x4F6E_6553_746F_71;

    /// <summary>How the providers connect: as the record is reached, but with their schema in front.</summary>
    /// <param name="postgres">How the record is reached.</param>
    /// <param name="connections">How many connections at most. Membership and subscriptions need few.</param>
    public static string ConnectionString(string postgres, int connections = 6)
    {
        var settings = new NpgsqlConnectionStringBuilder(postgres);
        settings.SearchPath = SchemaOf(settings.SearchPath);
        settings.ApplicationName = "OneStop.Cluster";
        // Membership is of no use when it comes late.
        settings.Timeout = 5;
        settings.CommandTimeout = 5;
        settings.MaxPoolSize = connections;
        return settings.ConnectionString;
    }

    /// <summary>Makes them, or brings them up to date; several silos may do so at once.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached or refuses.</exception>
    public static async Task ApplyAsync(string postgres, CancellationToken cancellation)
    {
        await using var script = typeof(ClusterSchema).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(script);
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString(postgres)) { Pooling = false, CommandTimeout = 60 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync($"SELECT pg_advisory_xact_lock({Lock})");
        // Asked first: making a schema needs a right that whoever uses one may lack.
        await using (var there = new NpgsqlCommand("SELECT to_regnamespace($1) IS NOT NULL", connection))
        {
            there.Parameters.Add(new NpgsqlParameter { Value = Quoted(settings.SearchPath!) });
            if (!(bool)(await there.ExecuteScalarAsync(cancellation))!) await ExecuteAsync("CREATE SCHEMA " + Quoted(settings.SearchPath!));
        }

        await ExecuteAsync(await reader.ReadToEndAsync(cancellation));
        await transaction.CommitAsync(cancellation);

        async Task ExecuteAsync(string sql)
        {
#pragma warning disable CA2100 // The schema's name is quoted; all else is our own.
            await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    // Towns in schemas of their own have clusters of their own.
    private static string SchemaOf(string? searchPath)
    {
        var first = searchPath?.Split(',')[0].Trim().Trim('"');
        return string.IsNullOrEmpty(first) || first == "public" ? Name : first + "_" + Name;
    }

    private static string Quoted(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
