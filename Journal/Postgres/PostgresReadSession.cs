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

    public async ValueTask<DbDataReader> QueryAsync(string sql, object[] arguments, bool patient, CancellationToken cancellationToken)
    {
        try
        {
            return await ExecuteAsync(sql, arguments, patient, cancellationToken);
        }
        catch (Exception e) when (PostgresFaults.IsOfStore(e) && _connection.FullState is not ConnectionState.Open)
        {
            // It broke while nobody used it, with a restart of the server for example: so may have all in the pool.
            await DisposeAsync();
            source.Clear();
            _connection = await source.OpenConnectionAsync(cancellationToken);
            return await ExecuteAsync(sql, arguments, patient, cancellationToken);
        }
    }

    private Task<DbDataReader> ExecuteAsync(string sql, object[] arguments, bool patient, CancellationToken cancellationToken)
    {
        _command = _connection.Command(sql, arguments);
        if (patient)
            _command.CommandTimeout = 0;
        return _command.ExecuteReaderAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_command is not null)
            await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
