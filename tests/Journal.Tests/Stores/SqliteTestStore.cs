using Microsoft.Data.Sqlite;
using OneStop.Journal.Backup;
using OneStop.Journal.Sqlite;

namespace OneStop.Journal.Tests.Stores;

/// <summary>A file in a temporary directory.</summary>
public sealed class SqliteTestStore : TestStore
{
    private readonly string _directory = Directory.CreateTempSubdirectory("onestop-journal-").FullName;

    private string Database => Path.Combine(_directory, "journal.db");

    public override ValueTask CreateAsync() => ValueTask.CompletedTask;

    public override ValueTask<IJournal> OpenAsync(JournalOptions options) =>
        SqliteJournal.OpenAsync(Database, options, cancellationToken: TestContext.Current.CancellationToken);

    public override ValueTask<BackupSummary> BackUpAsync(JournalOptions options, Stream file, CancellationToken cancellationToken) =>
        SqliteBackup.TakeAsync(Database, options.Tables, file, options.Time, cancellationToken);

    public override ValueTask<BackupSummary> RestoreAsync(Stream file, JournalOptions options, CancellationToken cancellationToken) =>
        SqliteBackup.RestoreAsync(file, Database, options, cancellationToken);

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await RunAsync(connection, sql);
    }

    public async Task<byte[]> ReadBytesAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements stand in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    public override async Task<long> CountAsync(string table)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names stand in the tests.
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public override async Task<bool> ContainsAsync(byte[] bytes)
    {
        // The shared memory holds no content, and to close it here would give up SQLite's locks in it.
        foreach (var file in Directory.GetFiles(_directory).Where(static file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            using var content = new MemoryStream();
            await using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
                await stream.CopyToAsync(content);
            if (content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(bytes) >= 0)
                return true;
        }

        return false;
    }

    public override string Bytes(string hex) => $"x'{hex}'";

    /// <summary>Another process takes the file for itself and does not give it back.</summary>
    public override async ValueTask<IAsyncDisposable> FailAsync()
    {
        var connection = await ConnectAsync();
        await RunAsync(connection, "BEGIN EXCLUSIVE");
        return new Undo(connection.DisposeAsync);
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<SqliteConnection> ConnectAsync()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Statements stand in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
