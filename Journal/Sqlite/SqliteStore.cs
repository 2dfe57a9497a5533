using Microsoft.Data.Sqlite;
using OneStop.Journal.Files;
using OneStop.Journal.Schema;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Sqlite;

/// <summary>The journal's tables in SQLite. Everything here works synchronously on the thread that asks.</summary>
internal sealed class SqliteStore(SqliteConnections connections, TableCatalogue tables, IDisposable? thread) : IStore
{
    private const string OverwriteWhatIsFreed = "PRAGMA secure_delete = ON";
    private const string LeaveWhatIsFreed = "PRAGMA secure_delete = OFF";
    private const string EmptyTheLog = "PRAGMA wal_checkpoint(TRUNCATE)";

    private readonly SqliteFaults _faults = new(tables);
    private readonly SqliteReadSessions _readers = new(connections);
    private SqliteWriter? _writer;

    public string Kind => "sqlite";

    public bool AnswersFromAfar => false;

    /// <exception cref="SqliteException">The database cannot be opened.</exception>
    /// <exception cref="JournalSchemaException">It is not one that this program can work with.</exception>
    public async ValueTask MigrateAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var writer = _writer = new SqliteWriter(connections.OpenWriter(first: true));
        try
        {
            writer.Execute("BEGIN IMMEDIATE");
            await new SchemaMigrator(writer.Connection, SqliteConnections.Dialect, time).RunAsync(tables.Tables, cancellationToken);
            writer.Execute("COMMIT");
            writer.Execute(SqliteConnections.NoLongerFirst);
        }
        catch
        {
            writer.RollBack();
            Drop();
            throw;
        }
    }

    public async ValueTask<IStoreTransaction> BeginAsync(BatchKeys keys)
    {
        await _readers.EnterMemoryAsync();
        try
        {
            var writer = Writer();
            writer.Execute("BEGIN IMMEDIATE");
            return new Transaction(this, writer, writer.Load(keys));
        }
        catch (SqliteException e)
        {
            Abandon();
            _readers.LeaveMemory();
            throw _faults.Of(e);
        }
    }

    public async ValueTask<bool> IsDurableAsync(BatchWitness witness)
    {
        await _readers.EnterMemoryAsync();
        try
        {
            await using var command = witness switch
            {
                { Event: { } last } => Writer().Connection.Command(StoreSql.EventThere, last.Stream, last.Seq, last.Hash),
                { Command: { } last } => Writer().Connection.Command(StoreSql.CommandThere, last.Caller, last.Id, last.BodyHash, last.At),
                _ => throw new ArgumentException("Nothing to look for.", nameof(witness)),
            };
            return (long)(await command.ExecuteScalarAsync())! > 0;
        }
        catch (SqliteException e)
        {
            Abandon();
            throw _faults.Of(e);
        }
        finally
        {
            _readers.LeaveMemory();
        }
    }

    public async ValueTask EraseAsync(string subject)
    {
        await _readers.EnterMemoryAsync();
        try
        {
            var writer = Writer();
            // Freed bytes are overwritten, and the log that still holds them is emptied.
            writer.Execute(OverwriteWhatIsFreed);
            writer.Execute("BEGIN IMMEDIATE");
            foreach (var table in (ReadOnlySpan<string>)["documents", "subject_keys"])
                writer.Run($"DELETE FROM {table} WHERE subject = ?1", subject);
            writer.Run(FileSql.Erase(subject));
            writer.Execute("COMMIT");
            writer.Execute(LeaveWhatIsFreed);
            writer.Execute(EmptyTheLog);
        }
        catch (SqliteException e)
        {
            Abandon();
            throw _faults.Of(e);
        }
        finally
        {
            _readers.LeaveMemory();
        }
    }

    public ValueTask<IReadSession> OpenReaderAsync(CancellationToken cancellationToken) =>
        _readers.OpenAsync(() => Writer().Connection, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _readers.Dispose();
        _writer?.Dispose();
        thread?.Dispose();
        return ValueTask.CompletedTask;
    }

    private SqliteWriter Writer() => _writer ??= new SqliteWriter(connections.OpenWriter(first: false));

    // What failed may be the file or the disk: the next batch begins with a new connection.
    private void Abandon()
    {
        _writer?.RollBack();
        if (!connections.IsInMemory)
            Drop();
    }

    private void Drop()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private sealed class Transaction(SqliteStore store, SqliteWriter writer, KnownState known) : IStoreTransaction
    {
        private bool _open = true;

        public KnownState Known => known;

        // Nothing outlives a connection here.
        public long Key => 0;

        public ValueTask CommitAsync(BatchEffects effects)
        {
            try
            {
                // Left on by a batch that fails it costs time, not safety; the next erasure turns it off.
                if (effects.Erases)
                    writer.Execute(OverwriteWhatIsFreed);
                writer.Write(effects);
            }
            catch (SqliteException e)
            {
                return ValueTask.FromException(store._faults.Of(e));
            }

            try
            {
                writer.Execute("COMMIT");
                _open = false;
            }
            catch (SqliteException e)
            {
                _open = false;
                store.Abandon();
                return ValueTask.FromException(new StoreFaultException(StoreFault.CommitUnknown, e.Message, e));
            }

            if (effects.Erases)
                EmptyLog();
            return ValueTask.CompletedTask;
        }

        // It is durable; a log that cannot be emptied now is at the next erasure or when the file is closed.
        private void EmptyLog()
        {
            try
            {
                writer.Execute(LeaveWhatIsFreed);
                writer.Execute(EmptyTheLog);
            }
            catch (SqliteException)
            {
                store.Abandon();
            }
        }

        public ValueTask DisposeAsync()
        {
            if (_open)
                writer.RollBack();
            store._readers.LeaveMemory();
            return ValueTask.CompletedTask;
        }
    }
}
