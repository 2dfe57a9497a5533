using System.Data.Common;
using System.Security.Cryptography;
using OneStop.Journal.Integrity;
using OneStop.Journal.Reading;
using OneStop.Journal.Schema;
using OneStop.Journal.Vault;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Backup;

/// <summary>
/// Puts a backup into an empty database, inside a transaction that the caller commits when nothing was thrown: the tables
/// as the backup's program knew them, their rows, then what has been added since; and then every chain is walked.
/// </summary>
internal sealed class BackupRestorer(DbConnection connection, SqlDialect sql, JournalOptions options, Func<BackupTable, IAsyncEnumerable<object?[]>, ValueTask<long>> load)
{
    /// <exception cref="BackupException">The backup does not fit this program, this key or this database.</exception>
    public async ValueTask RestoreAsync(BackupFile backup, CancellationToken cancellationToken)
    {
        CheckTables(backup.Manifest);
        var migrator = new SchemaMigrator(connection, sql, options.Time);
        await migrator.RunAsync(options.Tables, cancellationToken, (int)backup.Manifest.SchemaVersion);
        await CheckEmptyAsync(backup.Manifest.SchemaVersion, cancellationToken);
        foreach (var content in backup.Manifest.Tables)
            await backup.ReadAsync(content, rows => load(content.Table, rows));
        await migrator.RunAsync([], cancellationToken);
        await CheckKeyAsync(cancellationToken);
        await CheckChainsAsync(backup.Manifest, cancellationToken);
    }

    private void CheckTables(BackupManifest manifest)
    {
        if (manifest.SchemaVersion > Migrations.Steps.Length)
            throw new BackupException("The backup was taken from a newer program's record; restore it with one at least as new.");
        var known = BackupTable.Own.Concat(options.Tables.Select(BackupTable.Of)).ToDictionary(static table => table.Name);
        // Names from the file reach SQL only when the program knows them.
        foreach (var (table, _, _) in manifest.Tables)
            if (!known.TryGetValue(table.Name, out var own) || table.Columns.Except(own.Columns).Any() || table.Columns.IsDefaultOrEmpty)
                throw new BackupException($"The backup holds a table {table.Name} that this program does not know like that; restore it with one at least as new.");
        if (BackupTable.OwnAt(manifest.SchemaVersion).Any(own => manifest.Tables.All(content => content.Table.Name != own.Name)))
            throw new BackupException("The backup lacks a table of the journal.");
    }

    private async ValueTask CheckEmptyAsync(long schema, CancellationToken cancellationToken)
    {
        foreach (var table in BackupTable.OwnAt(schema).Select(static table => table.Name).Concat(options.Tables.Select(static table => table.Name)))
        {
            await using var command = connection.Command($"SELECT 1 FROM \"{table}\" LIMIT 1");
            if (await command.ExecuteScalarAsync(cancellationToken) is not null)
                throw new BackupException("The target already holds a record; restore into an empty one.");
        }
    }

    private async ValueTask CheckKeyAsync(CancellationToken cancellationToken)
    {
        await using var command = connection.Command("SELECT wrapped_key FROM subject_keys WHERE subject = $1", MasterKeyCheck.Probe);
        await using var probe = await command.ExecuteReaderAsync(cancellationToken);
        if (!await probe.ReadAsync(cancellationToken))
            return;
        try
        {
            new DocumentVault(options.MasterKey).Check(new WrappedKey(MasterKeyCheck.Probe, probe.Bytes(0)));
        }
        catch (CryptographicException e)
        {
            throw new BackupException("The backup's documents are sealed with another master key. Restore with the key that the record was kept with.", e);
        }
    }

    private async ValueTask CheckChainsAsync(BackupManifest manifest, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(ChainVerifier.Sql);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var report = await new ChainVerifier(null).WalkAsync(reader, cancellationToken);
        if (report.Faults.FirstOrDefault() is { } fault)
            throw new BackupException($"The record in the backup is not whole: {fault.Stream} {fault.Seq} {fault.What} ({report.Faults.Length} faults). Nothing was restored.");
        if ((report.Streams, report.Events) != (manifest.Streams, manifest.Events))
            throw new BackupException("The restored record does not have the streams and events of the manifest.");
    }
}
