using Microsoft.Extensions.Logging;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Postgres;

/// <summary>A journal in PostgreSQL, for any number of processes.</summary>
public static class PostgresJournal
{
    /// <summary>Opens a journal, creating or migrating its schema.</summary>
    /// <param name="connectionString">An Npgsql connection string; the tables are in the first schema of its search path.</param>
    /// <param name="options">Tables, keys and clock.</param>
    /// <param name="loggers">Where failures are told. Default: nowhere.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    /// <exception cref="ArgumentException">The options or the connection string contradict themselves.</exception>
    /// <exception cref="JournalSchemaException">The database was written by a newer program, under another master key, or is no journal.</exception>
    /// <exception cref="StoreUnavailableException">The server cannot be reached or refuses.</exception>
    public static async ValueTask<IJournal> OpenAsync(
        string connectionString, JournalOptions options, ILoggerFactory? loggers = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var parts = JournalParts.Of(options);
        var source = PostgresConnections.CreateDataSource(connectionString, loggers);
        var thread = options.Scheduler is null ? new DedicatedThread("Journal writer") : null;
        var store = new PostgresStore(source, parts.Tables, thread);
        try
        {
            await store.MigrateAsync(options.Time, cancellationToken);
        }
        catch (Exception e) when (PostgresFaults.IsOfStore(e))
        {
            await store.DisposeAsync();
            throw new StoreUnavailableException($"The PostgreSQL database cannot be opened: {e.Message}", e);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }

        return await StoreJournal.OverAsync(store, options, parts, options.Scheduler ?? thread!, loggers, cancellationToken);
    }
}
