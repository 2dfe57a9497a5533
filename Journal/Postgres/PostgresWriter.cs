using System.Buffers.Binary;
using System.Data;
using System.Security.Cryptography;
using Npgsql;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Postgres;

/// <summary>
/// The connection that writes. It blocks, on the writer's own thread: what waits for a place among the tasks of a busy pool
/// after each answer of the server keeps everybody waiting.
/// </summary>
internal sealed class PostgresWriter : IDisposable
{
    // The writer never pauses inside a transaction: a server that sees it do so has lost the connection, and must not
    // keep the locks. And it goes by key only: plans made while a table was small must not scan it when it has grown.
    private const string SetUp = """
        SET idle_in_transaction_session_timeout = '10s';
        SET plan_cache_mode = force_generic_plan;
        SET enable_seqscan = off;
        SET enable_bitmapscan = off;
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET jit = off
        """;

    private readonly NpgsqlConnection _connection;

    private PostgresWriter(NpgsqlConnection connection)
    {
        _connection = connection;
        Key = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long)));
    }

    /// <summary>The advisory lock that every transaction of this connection holds: free means that none is under way.</summary>
    public long Key { get; }

    public bool IsOpen => _connection.FullState is ConnectionState.Open;

    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    public static PostgresWriter Connect(NpgsqlDataSource source)
    {
        var connection = source.OpenConnection();
        try
        {
            using var command = new NpgsqlCommand(SetUp, connection);
            command.ExecuteNonQuery();
            return new PostgresWriter(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <exception cref="NpgsqlException">It failed.</exception>
    public KnownState Load(BatchKeys keys)
    {
        using var batch = new NpgsqlBatch(_connection);
        PostgresStatements.Load(batch.BatchCommands, keys, Key);
        using var reader = batch.ExecuteReader();
        // The advisory lock's result comes first.
        reader.NextResult();
        var known = new KnownState(keys.Streams.Length);
        while (reader.Read())
            known.Heads.Add(reader.GetString(0), new StreamHead(reader.GetInt64(1), (byte[])reader[2], true));
        if (keys.Commands.Length > 0)
        {
            reader.NextResult();
            while (reader.Read())
            {
                var key = new CommandKey(reader.GetString(0), reader.GetString(1));
                known.Commands.Add(key, new CommandRecord(key.Caller, key.Id, (byte[])reader[2], reader.GetInt64(3), (byte[])reader[4]));
            }
        }

        // The locks on the keys of those who are erased come before the keys.
        if (keys.Erased.Length > 0)
            reader.NextResult();
        if (keys.Subjects.Length > 0)
        {
            reader.NextResult();
            while (reader.Read())
                known.Keys.Add(reader.GetString(0), (byte[])reader[1]);
        }

        if (keys.Erased.Length > 0)
        {
            reader.NextResult();
            foreach (var subject in keys.Erased)
                known.Documents.Add(subject, []);
            while (reader.Read())
                known.Documents[reader.GetString(0)].Add(new(reader.GetString(0), reader.GetString(1), (byte[])reader[2], (byte[])reader[3]));
        }

        return known;
    }

    /// <exception cref="NpgsqlException">It failed.</exception>
    public void Write(BatchEffects effects)
    {
        using var batch = new NpgsqlBatch(_connection);
        PostgresStatements.Write(batch.BatchCommands, effects);
        batch.ExecuteNonQuery();
    }

    /// <exception cref="NpgsqlException">It failed.</exception>
    public void RollBack()
    {
        using var command = new NpgsqlCommand("ROLLBACK", _connection);
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();
}
