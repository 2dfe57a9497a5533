using System.Text;
using Npgsql;
using OneStop.Journal.Backup;
using OneStop.Journal.Postgres;
using OneStop.Journal.Tests.Stores;
using OneStop.Tests;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace OneStop.Journal.Tests.Stores;

/// <summary>One server for all tests of the assembly.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;
    private string _whyNot = string.Empty;

    /// <summary>The server; without one the test is skipped.</summary>
    public PostgresServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, _whyNot);
            return _server!;
        }
    }

    public async ValueTask InitializeAsync() => (_server, _whyNot) = await PostgresServer.TryStartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>A schema of its own on the server.</summary>
public sealed class PostgresTestStore(PostgresFixture fixture, bool throughProxy = false) : TestStore
{
    private string _connectionString = string.Empty;
    private CuttableProxy? _proxy;

    /// <summary>What stands between the journal and the server.</summary>
    public CuttableProxy Proxy => _proxy ?? throw new InvalidOperationException("The store was made without a proxy.");

    public override async ValueTask CreateAsync()
    {
        _connectionString = await fixture.Server.CreateSchemaAsync();
        if (throughProxy)
            _proxy = new CuttableProxy(new NpgsqlConnectionStringBuilder(_connectionString));
    }

    public override ValueTask<IJournal> OpenAsync(JournalOptions options) =>
        PostgresJournal.OpenAsync(_proxy?.Reroute(_connectionString) ?? _connectionString, options, cancellationToken: TestContext.Current.CancellationToken);

    public override ValueTask<BackupSummary> BackUpAsync(JournalOptions options, Stream file, CancellationToken cancellationToken) =>
        PostgresBackup.TakeAsync(_connectionString, options.Tables, file, options.Time, cancellationToken);

    public override ValueTask<BackupSummary> RestoreAsync(Stream file, JournalOptions options, CancellationToken cancellationToken) =>
        PostgresBackup.RestoreAsync(file, _connectionString, options, cancellationToken);

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
#pragma warning disable CA2100 // Statements stand in the tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<long> CountAsync(string table)
    {
        await using var connection = await ConnectAsync();
#pragma warning disable CA2100 // The names stand in the tests.
        await using var command = new NpgsqlCommand($"SELECT COUNT(*) FROM {table}", connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public override async Task<bool> ContainsAsync(byte[] bytes)
    {
        await using var connection = await ConnectAsync();
        foreach (var table in new[] { "streams", "events", "wakeups", "commands", "documents", "subject_keys", "files", "file_parts" })
        {
#pragma warning disable CA2100 // The names stand above.
            await using var command = new NpgsqlCommand(
                $"SELECT COUNT(*) FROM {table} t WHERE position($1 IN t::text) > 0 OR position($2 IN t::text) > 0", connection);
#pragma warning restore CA2100
            command.Parameters.Add(new NpgsqlParameter { Value = Convert.ToHexStringLower(bytes) });
            command.Parameters.Add(new NpgsqlParameter { Value = Encoding.UTF8.GetString(bytes) });
            if ((long)(await command.ExecuteScalarAsync())! > 0)
                return true;
        }

        return false;
    }

    public override string Bytes(string hex) => $"'\\x{hex}'";

    /// <summary>The server is cut off.</summary>
    public override ValueTask<IAsyncDisposable> FailAsync()
    {
        Proxy.Close();
        return ValueTask.FromResult<IAsyncDisposable>(new Undo(() =>
        {
            Proxy.Open();
            return ValueTask.CompletedTask;
        }));
    }

    public override ValueTask DisposeAsync()
    {
        _proxy?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A connection beside the journal's.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
