using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using OneStop.Journal.Schema;
using OneStop.Journal.Sqlite;

namespace OneStop.Journal.Backup;

/// <summary>Backups of a journal in a SQLite file.</summary>
public static class SqliteBackup
{
    /// <summary>Takes a backup; a server may be working on the file meanwhile.</summary>
    /// <param name="database">The journal's file.</param>
    /// <param name="tables">The read-model tables.</param>
    /// <param name="file">Where to write it; must be able to read and seek.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackupException">There is no record, or it cannot be read.</exception>
    public static async ValueTask<BackupSummary> TakeAsync(
        string database, ImmutableArray<TableSchema> tables, Stream file, TimeProvider time, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(database))
            throw new BackupException($"There is no record in {database}.");
        try
        {
            await using var connection = new SqliteConnection(Settings(database, SqliteOpenMode.ReadWrite));
            await connection.OpenAsync(cancellationToken);
            // Deferred: it takes no lock, and everything read in it is of one instant.
            await using var transaction = connection.BeginTransaction(deferred: true);
            return await new BackupTaker(connection, SqliteConnections.Dialect, "sqlite", time).TakeAsync(tables, file, cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new BackupException($"The record cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Restores a backup into a file that does not exist yet; until all is well there is no such file.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="database">The file to make.</param>
    /// <param name="options">Tables, key and clock, as the journal will be opened with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackupException">The target is there already, or the backup is damaged or does not fit.</exception>
    public static async ValueTask<BackupSummary> RestoreAsync(Stream file, string database, JournalOptions options, CancellationToken cancellationToken = default)
    {
        if (File.Exists(database))
            throw new BackupException($"{database} already holds a record; restore into an empty folder.");
        using var backup = await BackupFile.OpenAsync(file, cancellationToken);
        var making = database + ".restore";
        Remove(making);
        try
        {
            await using (var connection = new SqliteConnection(Settings(making, SqliteOpenMode.ReadWriteCreate)))
            {
                await connection.OpenAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await new BackupRestorer(connection, SqliteConnections.Dialect, options, (table, rows) => LoadAsync(connection, table, rows))
                    .RestoreAsync(backup, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            File.Move(making, database);
            return backup.Summary;
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            throw new BackupException($"The record cannot be written: {e.Message}", e);
        }
        finally
        {
            Remove(making);
        }
    }

    private static string Settings(string database, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = database, Mode = mode, Pooling = false }.ConnectionString;

    private static void Remove(string making)
    {
        foreach (var left in (string[])[making, making + "-journal", making + "-wal", making + "-shm"])
            File.Delete(left);
    }

    private static async ValueTask<long> LoadAsync(SqliteConnection connection, BackupTable table, IAsyncEnumerable<object?[]> rows)
    {
        var places = string.Join(", ", Enumerable.Range(1, table.Columns.Length).Select(static i => $"${i}"));
        await using var insert = connection.Command(
            $"INSERT INTO \"{table.Name}\" ({table.ColumnList}) VALUES ({places})", new object[table.Columns.Length]);
        var count = 0L;
        await foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
                insert.Parameters[i].Value = row[i] ?? DBNull.Value;
            await insert.ExecuteNonQueryAsync();
            count++;
        }

        return count;
    }
}
