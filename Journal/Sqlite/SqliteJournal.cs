using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Sqlite;

/// <summary>A journal in one SQLite file, for one process; or in memory, for simulations and tests.</summary>
public static class SqliteJournal
{
    /// <summary>Opens a journal, creating or migrating its schema.</summary>
    /// <param name="database">
    /// A file, <c>:memory:</c>, or a connection string such as <c>Data Source=town.db</c>. What is in memory is gone
    /// when the journal is disposed.
    /// </param>
    /// <param name="options">Tables, keys and clock.</param>
    /// <param name="loggers">Where failures are told. Default: nowhere.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="JournalSchemaException">The file was written by a newer program, under another master key, or is no journal.</exception>
    /// <exception cref="StoreUnavailableException">The file cannot be opened or is locked.</exception>
    public static async ValueTask<IJournal> OpenAsync(
        string database, JournalOptions options, ILoggerFactory? loggers = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var parts = JournalParts.Of(options);
        var connections = new SqliteConnections(database, options.CommitsReachDisk);
        var thread = options.Scheduler is null ? new DedicatedThread("Journal writer") : null;
        try
        {
            var store = new SqliteStore(connections, parts.Tables, thread);
            await store.MigrateAsync(options.Time, cancellationToken);
            return await StoreJournal.OverAsync(store, options, parts, options.Scheduler ?? thread!, loggers, cancellationToken);
        }
        catch (SqliteException e)
        {
            thread?.Dispose();
            throw new StoreUnavailableException($"The SQLite database cannot be opened: {e.Message}", e);
        }
        catch
        {
            thread?.Dispose();
            throw;
        }
    }
}
