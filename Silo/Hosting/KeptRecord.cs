using OneStop.Journal;
using OneStop.Journal.Postgres;
using OneStop.Journal.Sqlite;

namespace OneStop.Silo.Hosting;

/// <summary>A record that is there already, for commands that look at it.</summary>
internal static class KeptRecord
{
    /// <summary>Opens it; makes neither a record nor a key nor a folder.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="postgres">Npgsql connection string; null for SQLite in the folder.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="StartException">There is no record, or no master key.</exception>
    /// <exception cref="JournalSchemaException">It was begun with another master key or by a newer program.</exception>
    public static async Task<IJournal> OpenAsync(string data, string? postgres, CancellationToken cancellation)
    {
        var file = DataFolder.DatabaseIn(data);
        if (postgres is null && !File.Exists(file)) throw new StartException($"There is no record in {Path.GetFullPath(data)}.");
        var options = Town.JournalOptions(MasterKey.OfRecord(data), TimeProvider.System);
        return postgres is null
            ? await SqliteJournal.OpenAsync(file, options, cancellationToken: cancellation)
            : await PostgresJournal.OpenAsync(postgres, options, cancellationToken: cancellation);
    }
}
