using Microsoft.Data.Sqlite;
using OneStop.Journal.Schema;

namespace OneStop.Journal.Sqlite;

/// <summary>Opens connections to one database, each set up for its part.</summary>
internal sealed class SqliteConnections
{
    // Whoever opens the database first creates it meanwhile; later a lock that another process keeps is a failing store.
    private const int FirstBusySeconds = 30;
    private const int BusySeconds = 1;

    private readonly string _connectionString;
    private readonly string _synchronous;

    public SqliteConnections(string database, bool commitsReachDisk)
    {
        _synchronous = commitsReachDisk ? "FULL" : "NORMAL";
        var builder = database.Contains('=', StringComparison.Ordinal)
            ? new SqliteConnectionStringBuilder(database)
            : new SqliteConnectionStringBuilder { DataSource = database };
        // Statements live as long as our connections do; a pool would keep the file open after the journal is closed.
        builder.Pooling = false;
        builder.DefaultTimeout = BusySeconds;
        IsInMemory = builder.Mode is SqliteOpenMode.Memory || builder.DataSource is ":memory:" or "";
        if (IsInMemory)
            // One private connection reads and writes: it is the database.
            builder = new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false, DefaultTimeout = BusySeconds };
        _connectionString = builder.ConnectionString;
    }

    public static SqlDialect Dialect { get; } = new()
    {
        Text = "TEXT",
        Integer = "INTEGER",
        Boolean = "BOOLEAN",
        Real = "REAL",
        Blob = "BLOB",
        ChangedInPlace = string.Empty,
        ColumnsOfTable = "SELECT name, type FROM pragma_table_info($1)",
    };

    /// <summary>Makes the connection that opened the database as impatient as all later ones.</summary>
    public static string NoLongerFirst { get; } = $"PRAGMA busy_timeout = {BusySeconds}000";

    public bool IsInMemory { get; }

    /// <summary>For the writer: every commit reaches the disk before it is acknowledged, unless that was waived.</summary>
    /// <param name="first">Whether the database is being opened, or else the connection replaces one that failed.</param>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public SqliteConnection OpenWriter(bool first) => Open(
        IsInMemory
            ? "PRAGMA cache_size = -65536"
            : $"""
            PRAGMA busy_timeout = {(first ? FirstBusySeconds : BusySeconds)}000;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = {_synchronous};
            PRAGMA cache_size = -65536;
            PRAGMA temp_store = MEMORY;
            PRAGMA wal_autocheckpoint = 8192;
            """,
        first ? FirstBusySeconds : BusySeconds);

    /// <summary>For reading beside the writer.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public SqliteConnection OpenReader() => Open("PRAGMA query_only = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY", BusySeconds);

    private SqliteConnection Open(string setUp, int busySeconds)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.Command(setUp);
            command.CommandTimeout = busySeconds;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
