using System.Data;
using System.Data.Common;
using Npgsql;
using OneStop.Journal.Schema;

namespace OneStop.Journal.Postgres;

/// <summary>A pooled connection for reading.</summary>
internal sealed class PostgresReadSession(NpgsqlDataSource source, NpgsqlConnection connection) : IReadSession
{
    private NpgsqlConnection _connection = connection;
    private DbCommand? _command;

    public async ValueTask<DbDataReader> QueryAsync(string sql, object[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            _command = _connection.Command(sql, arguments);
            return await _command.ExecuteReaderAsync(cancellationToken);
        }
        catch (Exception e) when (PostgresFaults.IsOfStore(e) && _connection.FullState is not ConnectionState.Open)
        {
            // It broke while nobody used it, with a restart of the server for example: so may have all in the pool.
            await DisposeAsync();
            source.Clear();
            _connection = await source.OpenConnectionAsync(cancellationToken);
            _command = _connection.Command(sql, arguments);
            return await _command.ExecuteReaderAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_command is not null)
            await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
