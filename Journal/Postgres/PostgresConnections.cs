using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;
using OneStop.Journal.Schema;

namespace OneStop.Journal.Postgres;

/// <summary>How connections are set up unless the connection string says otherwise.</summary>
internal static class PostgresConnections
{
    private const int MostConnections = 16;

    public static SqlDialect Dialect { get; } = new()
    {
        // "C" compares bytes: fast, and the same order as SQLite's.
        Text = "text COLLATE \"C\"",
        Integer = "bigint",
        Boolean = "boolean",
        Real = "double precision",
        Blob = "bytea",
        // Room in each page lets a changed row stay there, and then no index has to follow it.
        ChangedInPlace = " WITH (fillfactor = 60)",
        ColumnsOfTable = "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1",
    };

    public static NpgsqlDataSource CreateDataSource(string connectionString, ILoggerFactory? loggers)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var source = new NpgsqlDataSourceBuilder(connectionString);
        var settings = source.ConnectionStringBuilder;
        // Nobody waits long for a server that is gone: the writer tries again with the next append.
        if (!given.ContainsKey("Timeout"))
            settings.Timeout = 5;
        // A server takes 100 connections unless told otherwise, and several processes share it. Reads that come all at
        // once, as when grains move to another silo, wait here for each other and not at the server's door.
        if (!given.ContainsKey("Maximum Pool Size"))
            settings.MaxPoolSize = MostConnections;
        if (!given.ContainsKey("Command Timeout"))
            settings.CommandTimeout = 20;
        if (!given.ContainsKey("Max Auto Prepare"))
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (100, 2);
        settings.TcpKeepAlive = true;
        settings.NoResetOnClose = true;
        if (!given.ContainsKey("Application Name"))
            settings.ApplicationName = "OneStop.Journal";
        return source.UseLoggerFactory(loggers).Build();
    }
}
