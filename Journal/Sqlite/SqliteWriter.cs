using Microsoft.Data.Sqlite;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Sqlite;

/// <summary>The connection that writes, with its prepared statements.</summary>
internal sealed class SqliteWriter(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    /// <exception cref="SqliteException">It failed.</exception>
    public void Execute(string sql) => Statement(sql).Execute();

    /// <exception cref="SqliteException">It failed.</exception>
    public void Run(string sql, string argument) => Statement(sql).Bind(1, argument).Execute();

    /// <summary>Reads what the planner must know; nobody else writes until the transaction ends.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public KnownState Load(BatchKeys keys)
    {
        var known = new KnownState(keys.Streams.Length);
        var heads = Statement("SELECT head, hash FROM streams WHERE stream = ?1");
        foreach (var stream in keys.Streams)
            if (First(heads.Bind(1, stream), static row => new StreamHead(row.Long(0), row.Blob(1), true), out var head))
                known.Heads.Add(stream, head);
        var commands = Statement("SELECT body_hash, at, answer FROM commands WHERE caller = ?1 AND id = ?2");
        foreach (var key in keys.Commands)
        {
            commands.Bind(1, key.Caller).Bind(2, key.Id);
            if (First(commands, row => new CommandRecord(key.Caller, key.Id, row.Blob(0), row.Long(1), row.Blob(2)), out var command))
                known.Commands.Add(key, command);
        }

        var subjects = Statement("SELECT wrapped_key FROM subject_keys WHERE subject = ?1");
        foreach (var subject in keys.Subjects)
            if (First(subjects.Bind(1, subject), static row => row.Blob(0), out var key))
                known.Keys.Add(subject, key);
        var documents = Statement("SELECT id, nonce, ciphertext FROM documents WHERE subject = ?1");
        foreach (var subject in keys.Erased)
            known.Documents.Add(subject, All(documents.Bind(1, subject), row => new SealedDocument(subject, row.Text(0), row.Blob(1), row.Blob(2))));
        return known;
    }

    /// <exception cref="SqliteException">It failed.</exception>
    public void Write(BatchEffects effects)
    {
        WriteStreams(effects);
        foreach (var command in effects.Commands)
        {
            Statement("INSERT INTO commands (caller, id, body_hash, at, answer) VALUES (?1, ?2, ?3, ?4, ?5)")
                .Bind(1, command.Caller).Bind(2, command.Id).Bind(3, command.BodyHash).Bind(4, command.At).Bind(5, command.Answer).Execute();
        }

        foreach (var segment in effects.Rows)
            Write(segment);
        foreach (var subject in effects.Erased)
        {
            Run("DELETE FROM documents WHERE subject = ?1", subject);
            Run("DELETE FROM subject_keys WHERE subject = ?1", subject);
        }

        foreach (var key in effects.Keys)
            Statement("INSERT INTO subject_keys (subject, wrapped_key) VALUES (?1, ?2)").Bind(1, key.Subject).Bind(2, key.Key).Execute();
        foreach (var document in effects.Documents)
        {
            Statement("INSERT OR REPLACE INTO documents (subject, id, nonce, ciphertext) VALUES (?1, ?2, ?3, ?4)")
                .Bind(1, document.Subject).Bind(2, document.Id).Bind(3, document.Nonce).Bind(4, document.Ciphertext).Execute();
        }

        if (effects.ForgetCommandsBefore is { } before)
            Statement(StoreSql.ForgetCommands("rowid")).Bind(1, before).Execute();
    }

    /// <summary>Ends a transaction that was not committed; one that SQLite has ended already is fine too.</summary>
    public void RollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // A serious error has rolled it back.
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        connection.Dispose();
    }

    private static bool First<T>(SqliteStatement statement, Func<SqliteStatement, T> read, out T value)
    {
        try
        {
            var found = statement.Step();
            value = found ? read(statement) : default!;
            return found;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static List<T> All<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        try
        {
            var all = new List<T>();
            while (statement.Step())
                all.Add(read(statement));
            return all;
        }
        finally
        {
            statement.Reset();
        }
    }

    private void WriteStreams(BatchEffects effects)
    {
        var create = Statement("INSERT INTO streams (stream, head, hash, snapshot, snapshot_seq) VALUES (?1, ?2, ?3, ?4, ?5)");
        var move = Statement("UPDATE streams SET head = ?2, hash = ?3 WHERE stream = ?1");
        var moveWithSnapshot = Statement("UPDATE streams SET head = ?2, hash = ?3, snapshot = ?4, snapshot_seq = ?5 WHERE stream = ?1");
        foreach (var stream in effects.Streams)
        {
            var statement = stream.IsNew ? create : stream.Snapshot is null ? move : moveWithSnapshot;
            statement.Bind(1, stream.Stream).Bind(2, stream.Head).Bind(3, stream.Hash);
            if (statement != move)
                statement.Bind(4, stream.Snapshot).Bind(5, stream.SnapshotSeq);
            statement.Execute();
        }

        var insert = Statement("INSERT INTO events (stream, seq, at, actor, type, data, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        foreach (var (stream, seq, happened, hash) in effects.Events)
        {
            insert.Bind(1, stream).Bind(2, seq).Bind(3, happened.At).Bind(4, happened.Actor).Bind(5, happened.Type)
                .Bind(6, happened.Data).Bind(7, hash).Execute();
        }

        var set = Statement("""
            INSERT INTO wakeups (stream, shard, due_at) VALUES (?1, ?2, ?3)
            ON CONFLICT (stream) DO UPDATE SET shard = ?2, due_at = ?3
            """);
        foreach (var wakeUp in effects.WakeUps)
            set.Bind(1, wakeUp.Stream).Bind(2, wakeUp.Shard).Bind(3, wakeUp.DueAt).Execute();
        var clear = Statement("DELETE FROM wakeups WHERE stream = ?1");
        foreach (var stream in effects.ClearedWakeUps)
            clear.Bind(1, stream).Execute();
    }

    private void Write(RowSegment segment)
    {
        var statement = Statement(segment.Delete ? SqliteRows.Delete(segment.Table) : SqliteRows.Put(segment.Table));
        foreach (var row in segment.Rows)
        {
            // A row that goes is known by its key, whatever else came with it.
            var values = segment.Delete ? segment.Table.KeyColumns : row.Length;
            for (var i = 0; i < values; i++)
                statement.Bind(i + 1, row[i]);
            statement.Execute();
        }
    }

    private SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = new SqliteStatement(connection, sql));
        return statement;
    }
}
