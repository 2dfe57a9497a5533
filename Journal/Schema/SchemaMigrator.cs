using System.Collections.Immutable;
using System.Data.Common;

namespace OneStop.Journal.Schema;

/// <summary>
/// Brings a database to this program's schema. The caller holds a transaction and the lock that keeps others out.
/// </summary>
/// <remarks>
/// An index is known by its name: one that changes needs another name. Columns and tables that the program no longer
/// knows stay as they are.
/// </remarks>
internal sealed class SchemaMigrator(DbConnection connection, SqlDialect sql, TimeProvider time)
{
    /// <param name="tables">The read-model tables.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="upTo">The last step to take. Default: all there are.</param>
    /// <exception cref="JournalSchemaException">The database was written by a newer program or is another one's.</exception>
    public async ValueTask RunAsync(ImmutableArray<TableSchema> tables, CancellationToken cancellationToken, int? upTo = null)
    {
        await ExecuteAsync(Migrations.VersionTable(sql), cancellationToken);
        var version = await VersionAsync(cancellationToken);
        if (version > Migrations.Steps.Length)
        {
            throw new JournalSchemaException(
                $"The database has schema {version}, this program knows up to {Migrations.Steps.Length}. "
                + "Use a program at least as new as the one that wrote it.");
        }

        for (var step = version; step < (upTo ?? Migrations.Steps.Length); step++)
        {
            foreach (var statement in Migrations.Steps[(int)step](sql))
                await ExecuteAsync(statement, cancellationToken);
            var now = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            await using var record = connection.Command("INSERT INTO schema_version (version, at) VALUES ($1, $2)", step + 1, now);
            await record.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var table in tables)
            await ReconcileAsync(table, cancellationToken);
    }

    private async ValueTask<long> VersionAsync(CancellationToken cancellationToken)
    {
        await using var command = connection.Command("SELECT COALESCE(MAX(version), 0) FROM schema_version");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async ValueTask ReconcileAsync(TableSchema table, CancellationToken cancellationToken)
    {
        var existing = await ColumnsAsync(table, cancellationToken);
        if (existing.Count == 0)
            await ExecuteAsync(TableScript.Create(sql, table), cancellationToken);
        else
            foreach (var column in table.Columns)
                await ReconcileAsync(table, column, existing, cancellationToken);
        foreach (var index in table.Indexes)
            await ExecuteAsync(TableScript.CreateIndex(table, index), cancellationToken);
    }

    private async ValueTask ReconcileAsync(
        TableSchema table, Column column, Dictionary<string, string> existing, CancellationToken cancellationToken)
    {
        var wanted = sql.Type(column.Type);
        if (!existing.TryGetValue(column.Name, out var type))
            await ExecuteAsync(TableScript.AddColumn(sql, table, column), cancellationToken);
        else if (!wanted.StartsWith(type, StringComparison.OrdinalIgnoreCase))
        {
            throw new JournalSchemaException(
                $"Column {table.Name}.{column.Name} is {type} in the database and {wanted} in the program. Give the new one another name.");
        }
    }

    private async ValueTask<Dictionary<string, string>> ColumnsAsync(TableSchema table, CancellationToken cancellationToken)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = connection.Command(sql.ColumnsOfTable, table.Name);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            columns.Add(reader.GetString(0), reader.GetString(1));
        return columns;
    }

    private async ValueTask ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(statement);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
