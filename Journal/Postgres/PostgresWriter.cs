using System.Buffers.Binary;
using System.Data;
using System.Security.Cryptography;
using Npgsql;
using OneStop.Journal.Writing;

namespace OneStop.Journal.Postgres;

/// <summary>The connection that writes.</summary>
internal sealed class PostgresWriter : IAsyncDisposable
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
    public static async ValueTask<PostgresWriter> ConnectAsync(NpgsqlDataSource source)
    {
        var connection = await source.OpenConnectionAsync();
        try
        {
            await using var command = new NpgsqlCommand(SetUp, connection);
            await command.ExecuteNonQueryAsync();
            return new PostgresWriter(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="NpgsqlException">It failed.</exception>
    public async ValueTask<KnownState> LoadAsync(BatchKeys keys)
    {
        await using var batch = new NpgsqlBatch(_connection);
        PostgresStatements.Load(batch.BatchCommands, keys, Key);
        await using var reader = await batch.ExecuteReaderAsync();
        // The advisory lock's result comes first.
        await reader.NextResultAsync();
        var known = new KnownState(keys.Streams.Length);
        while (await reader.ReadAsync())
            known.Heads.Add(reader.GetString(0), new StreamHead(reader.GetInt64(1), (byte[])reader[2], true));
        if (keys.Commands.Length > 0)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                var key = new CommandKey(reader.GetString(0), reader.GetString(1));
                known.Commands.Add(key, new CommandRecord(key.Caller, key.Id, (byte[])reader[2], reader.GetInt64(3), (byte[])reader[4]));
            }
        }

        if (keys.Subjects.Length > 0)
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
                known.Keys.Add(reader.GetString(0), (byte[])reader[1]);
        }

        return known;
    }

    /// <exception cref="NpgsqlException">It failed.</exception>
    public async ValueTask WriteAsync(BatchEffects effects)
    {
        await using var batch = new NpgsqlBatch(_connection);
        PostgresStatements.Write(batch.BatchCommands, effects);
        await batch.ExecuteNonQueryAsync();
    }

    /// <exception cref="NpgsqlException">It failed.</exception>
    public async ValueTask RollBackAsync()
    {
        await using var command = new NpgsqlCommand("ROLLBACK", _connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
