using Npgsql;
using OneStop.Journal.Files;
using OneStop.Journal.Schema;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Postgres;

/// <summary>The journal's tables in PostgreSQL. What the writer does works synchronously on the thread that asks.</summary>
internal sealed class PostgresStore(NpgsqlDataSource source, TableCatalogue tables, IDisposable? thread) : IStore
{
    // Any number will do as long as all programs that migrate a journal use the same.
    internal const long MigrationLock = 0x4F6E_6553_746F_70;

    private readonly PostgresFaults _faults = new(tables);
    private PostgresWriter? _writer;

    public string Kind => "postgres";

    public bool AnswersFromAfar => true;

    /// <exception cref="NpgsqlException">The server cannot be reached or refuses.</exception>
    /// <exception cref="JournalSchemaException">The database is not one that this program can work with.</exception>
    public async ValueTask MigrateAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var alone = connection.Command("SELECT pg_advisory_xact_lock($1)", MigrationLock))
            await alone.ExecuteNonQueryAsync(cancellationToken);
        await new SchemaMigrator(connection, PostgresConnections.Dialect, time).RunAsync(tables.Tables, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public ValueTask<IStoreTransaction> BeginAsync(BatchKeys keys) => new(Begin(keys));

    private Transaction Begin(BatchKeys keys)
    {
        try
        {
            if (_writer is { IsOpen: true } writer)
            {
                try
                {
                    return new Transaction(this, writer, writer.Load(keys));
                }
                catch (Exception e) when (PostgresFaults.IsOfStore(e) && !PostgresFaults.IsAnswer(e))
                {
                    // It broke while nobody used it; nothing was written, so a new one may try.
                    source.Clear();
                }
            }

            Drop();
            _writer = PostgresWriter.Connect(source);
            return new Transaction(this, _writer, _writer.Load(keys));
        }
        catch (Exception e) when (PostgresFaults.IsOfStore(e))
        {
            Drop();
            throw _faults.Of(e);
        }
    }

    public async ValueTask<bool> IsDurableAsync(BatchWitness witness)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            // The server may still be at that commit: whoever gets its lock sees how it ended.
            await using (var limit = connection.Command("SET LOCAL lock_timeout = '15s'"))
                await limit.ExecuteNonQueryAsync();
            await using (var over = connection.Command("SELECT pg_advisory_xact_lock($1)", witness.Transaction))
                await over.ExecuteNonQueryAsync();
            await using var find = witness switch
            {
                { Event: { } last } => connection.Command(StoreSql.EventThere, last.Stream, last.Seq, last.Hash),
                { Command: { } last } => connection.Command(StoreSql.CommandThere, last.Caller, last.Id, last.BodyHash, last.At),
                _ => throw new ArgumentException("Nothing to look for.", nameof(witness)),
            };
            return (long)(await find.ExecuteScalarAsync())! > 0;
        }
        catch (Exception e) when (PostgresFaults.IsOfStore(e))
        {
            throw _faults.Of(e);
        }
    }

    public async ValueTask EraseAsync(string subject)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            // The key first: its lock waits for documents that are being written under it.
            foreach (var table in (string[])["subject_keys", "documents"])
            {
                await using var command = connection.Command($"DELETE FROM {table} WHERE subject = $1", subject);
                await command.ExecuteNonQueryAsync();
            }

            foreach (var (sql, arguments) in FileSql.Erase(subject))
            {
                await using var command = connection.Command(sql, arguments.AsSpan());
                await command.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }
        catch (Exception e) when (PostgresFaults.IsOfStore(e))
        {
            throw _faults.Of(e);
        }
    }

    public async ValueTask<IReadSession> OpenReaderAsync(CancellationToken cancellationToken) =>
        new PostgresReadSession(source, await source.OpenConnectionAsync(cancellationToken));

    public async ValueTask DisposeAsync()
    {
        Drop();
        thread?.Dispose();
        await source.DisposeAsync();
    }

    private void Drop()
    {
        if (_writer is { } writer)
        {
            _writer = null;
            writer.Dispose();
        }
    }

    private sealed class Transaction(PostgresStore store, PostgresWriter writer, KnownState known) : IStoreTransaction
    {
        private bool _ended;

        public KnownState Known => known;

        public long Key => writer.Key;

        public ValueTask CommitAsync(BatchEffects effects)
        {
            try
            {
                writer.Write(effects);
                _ended = true;
                return ValueTask.CompletedTask;
            }
            catch (Exception e) when (PostgresFaults.IsAnswer(e))
            {
                throw store._faults.Of(e);
            }
            catch (Exception e) when (PostgresFaults.IsOfStore(e))
            {
                _ended = true;
                store.Drop();
                throw new StoreFaultException(StoreFault.CommitUnknown, e.Message, e);
            }
        }

        public ValueTask DisposeAsync()
        {
            if (_ended)
                return ValueTask.CompletedTask;
            try
            {
                writer.RollBack();
            }
            catch (Exception e) when (PostgresFaults.IsOfStore(e))
            {
                // The server rolls back what a broken connection leaves.
                store.Drop();
            }

            return ValueTask.CompletedTask;
        }
    }
}
