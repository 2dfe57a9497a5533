using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using OneStop.Journal.Schema;

namespace OneStop.Journal.Sqlite;

/// <summary>
/// Connections for reading. A file has several beside the writer's, and each read sees all that was committed before
/// it began. A database in memory has one connection for everything, used in turns.
/// </summary>
internal sealed class SqliteReadSessions(SqliteConnections connections) : IDisposable
{
    private readonly ConcurrentBag<Session> _idle = [];
    private readonly SemaphoreSlim _memory = new(1);
    private volatile bool _disposed;

    public async ValueTask<IReadSession> OpenAsync(Func<SqliteConnection> memory, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, typeof(IJournal));
        if (!connections.IsInMemory)
            return _idle.TryTake(out var idle) ? idle : new Session(this, connections.OpenReader());
        await _memory.WaitAsync(cancellationToken);
        return new MemorySession(this, memory());
    }

    /// <summary>Waits for the turn to use the one connection, if there is but one.</summary>
    public Task EnterMemoryAsync() => connections.IsInMemory ? _memory.WaitAsync() : Task.CompletedTask;

    public void LeaveMemory()
    {
        if (connections.IsInMemory)
            _memory.Release();
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var session))
            session.Close();
        _memory.Dispose();
    }

    private sealed class Session(SqliteReadSessions owner, SqliteConnection connection) : IReadSession
    {
        private const int MostCommands = 100;
        private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

        public async ValueTask<DbDataReader> QueryAsync(string sql, object[] arguments, bool patient, CancellationToken cancellationToken)
        {
            // Compiling a statement costs more than most reads.
            if (!_commands.TryGetValue(sql, out var command))
            {
                if (_commands.Count >= MostCommands)
                    Forget();
                _commands.Add(sql, command = connection.Command(sql, arguments));
            }
            else
            {
                for (var i = 0; i < arguments.Length; i++)
                    command.Parameters[i].Value = arguments[i];
            }

            return await command.ExecuteReaderAsync(cancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            if (owner._disposed)
                Close();
            else
                owner._idle.Add(this);
            return ValueTask.CompletedTask;
        }

        public void Close()
        {
            Forget();
            connection.Dispose();
        }

        private void Forget()
        {
            foreach (var command in _commands.Values)
                command.Dispose();
            _commands.Clear();
        }
    }

    private sealed class MemorySession(SqliteReadSessions owner, SqliteConnection connection) : IReadSession
    {
        private DbCommand? _command;

        public async ValueTask<DbDataReader> QueryAsync(string sql, object[] arguments, bool patient, CancellationToken cancellationToken)
        {
            _command = connection.Command(sql, arguments);
            return await _command.ExecuteReaderAsync(cancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            _command?.Dispose();
            owner.LeaveMemory();
            return ValueTask.CompletedTask;
        }
    }
}
