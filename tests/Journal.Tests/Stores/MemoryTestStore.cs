using OneStop.Journal.Backup;
using OneStop.Journal.Sqlite;

namespace OneStop.Journal.Tests.Stores;

/// <summary>SQLite in memory: nobody can reach it beside the journal.</summary>
public sealed class MemoryTestStore : TestStore
{
    public override ValueTask CreateAsync() => ValueTask.CompletedTask;

    public override ValueTask<IJournal> OpenAsync(JournalOptions options) =>
        SqliteJournal.OpenAsync(":memory:", options, cancellationToken: TestContext.Current.CancellationToken);

    public override ValueTask<BackupSummary> BackUpAsync(JournalOptions options, Stream file, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override ValueTask<BackupSummary> RestoreAsync(Stream file, JournalOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task ExecuteAsync(string sql) => throw new NotSupportedException();

    public override Task<long> CountAsync(string table) => throw new NotSupportedException();

    public override Task<bool> ContainsAsync(byte[] bytes) => throw new NotSupportedException();

    public override string Bytes(string hex) => throw new NotSupportedException();

    public override ValueTask<IAsyncDisposable> FailAsync() => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
