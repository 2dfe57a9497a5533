using System.Collections.Immutable;
using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using OneStop.Journal.Schema;

namespace OneStop.Journal.Backup;

/// <summary>Copies a record out of a transaction that sees one instant of it; whoever appends meanwhile is not held up.</summary>
internal sealed class BackupTaker(DbConnection connection, SqlDialect sql, string store, TimeProvider time)
{
    /// <exception cref="BackupException">There is no record, or a newer program's.</exception>
    public ValueTask<BackupSummary> TakeAsync(ImmutableArray<TableSchema> tables, Stream file, CancellationToken cancellationToken) =>
        BackupFile.WriteAsync(file, archive => FillAsync(archive, tables, cancellationToken), cancellationToken);

    private async ValueTask<BackupManifest> FillAsync(ZipArchive archive, ImmutableArray<TableSchema> tables, CancellationToken cancellationToken)
    {
        var takenAt = time.GetUtcNow();
        var version = await VersionAsync(cancellationToken);
        var contents = ImmutableArray.CreateBuilder<BackupContent>();
        foreach (var table in BackupTable.Own.Concat(tables.Select(BackupTable.Of)))
            if (await ThereAsync(table, cancellationToken) is { } there)
                contents.Add(await CopyAsync(archive, there, cancellationToken));
        long Rows(string table) => contents.Single(content => content.Table.Name == table).Rows;
        return new BackupManifest(BackupManifest.ThisFormat, takenAt, store, version, Rows("streams"), Rows("events"), contents.ToImmutable());
    }

    private async ValueTask<long> VersionAsync(CancellationToken cancellationToken)
    {
        if ((await ColumnsAsync("schema_version", cancellationToken)).Count == 0)
            throw new BackupException("There is no record to back up.");
        await using var command = connection.Command("SELECT COALESCE(MAX(version), 0) FROM schema_version");
        var version = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        return version <= Migrations.Steps.Length
            ? version
            : throw new BackupException("The record was written by a newer program; back it up with one at least as new.");
    }

    // A record that an older program wrote last may lack what this one would add.
    private async ValueTask<BackupTable?> ThereAsync(BackupTable table, CancellationToken cancellationToken)
    {
        var columns = await ColumnsAsync(table.Name, cancellationToken);
        return columns.Count == 0 ? null : table with { Columns = [.. table.Columns.Where(column => columns.Contains(column.Name))] };
    }

    private async ValueTask<HashSet<string>> ColumnsAsync(string table, CancellationToken cancellationToken)
    {
        var columns = new HashSet<string>(StringComparer.Ordinal);
        await using var command = connection.Command(sql.ColumnsOfTable, table);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            columns.Add(reader.GetString(0));
        return columns;
    }

    private async ValueTask<BackupContent> CopyAsync(ZipArchive archive, BackupTable table, CancellationToken cancellationToken)
    {
        var key = string.Join(", ", Enumerable.Range(1, table.KeyColumns));
        await using var command = connection.Command($"SELECT {table.ColumnList} FROM \"{table.Name}\" ORDER BY {key}");
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        using var hash = SHA256.Create();
        long count;
        await using (var entry = await archive.CreateEntry(BackupFile.EntryOf(table), CompressionLevel.Fastest).OpenAsync(cancellationToken))
        await using (var hashing = new CryptoStream(entry, hash, CryptoStreamMode.Write))
            count = await BackupRows.WriteAsync(table, rows, hashing, cancellationToken);
        return new BackupContent(table, count, Convert.ToHexStringLower(hash.Hash!));
    }
}
