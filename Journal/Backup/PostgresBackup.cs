using System.Collections.Immutable;
using System.Data;
using Npgsql;
using NpgsqlTypes;
using OneStop.Journal.Postgres;
using OneStop.Journal.Schema;

namespace OneStop.Journal.Backup;

/// <summary>Backups of a journal in PostgreSQL.</summary>
public static class PostgresBackup
{
    /// <summary>Takes a backup of one snapshot of the database; servers may be working on it meanwhile.</summary>
    /// <param name="connectionString">An Npgsql connection string.</param>
    /// <param name="tables">The read-model tables.</param>
    /// <param name="file">Where to write it; must be able to read and seek.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackupException">There is no record, or it cannot be read.</exception>
    public static async ValueTask<BackupSummary> TakeAsync(
        string connectionString, ImmutableArray<TableSchema> tables, Stream file, TimeProvider time, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var source = PostgresConnections.CreateDataSource(connectionString, null);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await using (var readOnly = connection.Command("SET TRANSACTION READ ONLY"))
                await readOnly.ExecuteNonQueryAsync(cancellationToken);
            return await new BackupTaker(connection, PostgresConnections.Dialect, "postgres", time).TakeAsync(tables, file, cancellationToken);
        }
        catch (Exception e) when (PostgresFaults.IsOfStore(e))
        {
            throw new BackupException($"The record cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Restores a backup into a database without a record, in one transaction.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="connectionString">An Npgsql connection string.</param>
    /// <param name="options">Tables, key and clock, as the journal will be opened with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BackupException">The target holds a record, or the backup is damaged or does not fit.</exception>
    public static async ValueTask<BackupSummary> RestoreAsync(
        Stream file, string connectionString, JournalOptions options, CancellationToken cancellationToken = default)
    {
        using var backup = await BackupFile.OpenAsync(file, cancellationToken);
        try
        {
            await using var source = PostgresConnections.CreateDataSource(connectionString, null);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var alone = connection.Command("SELECT pg_advisory_xact_lock($1)", PostgresStore.MigrationLock))
                await alone.ExecuteNonQueryAsync(cancellationToken);
            await new BackupRestorer(connection, PostgresConnections.Dialect, options, (table, rows) => LoadAsync(connection, table, rows))
                .RestoreAsync(backup, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return backup.Summary;
        }
        catch (Exception e) when (PostgresFaults.IsOfStore(e))
        {
            throw new BackupException($"The record cannot be written: {e.Message}", e);
        }
    }

    private static async ValueTask<long> LoadAsync(NpgsqlConnection connection, BackupTable table, IAsyncEnumerable<object?[]> rows)
    {
        await using var import = await connection.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({table.ColumnList}) FROM STDIN (FORMAT BINARY)");
        var count = 0L;
        await foreach (var row in rows)
        {
            await import.StartRowAsync();
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value)
                    await import.WriteAsync(value, TypeOf(table.Columns[i].Type));
                else
                    await import.WriteNullAsync();
            }

            count++;
        }

        await import.CompleteAsync();
        return count;
    }

    private static NpgsqlDbType TypeOf(BackupType type) => type switch
    {
        BackupType.Text => NpgsqlDbType.Text,
        BackupType.Integer => NpgsqlDbType.Bigint,
        BackupType.Boolean => NpgsqlDbType.Boolean,
        BackupType.Real => NpgsqlDbType.Double,
        _ => NpgsqlDbType.Bytea,
    };
}
