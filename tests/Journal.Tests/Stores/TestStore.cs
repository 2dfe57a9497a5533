using OneStop.Journal.Backup;

namespace OneStop.Journal.Tests.Stores;

/// <summary>A database under test, reached beside the journal as well: to damage it and to look into it.</summary>
public abstract class TestStore : IAsyncDisposable
{
    /// <summary>Makes an empty database, or skips the test and says why.</summary>
    public abstract ValueTask CreateAsync();

    /// <summary>Opens a journal in it.</summary>
    public abstract ValueTask<IJournal> OpenAsync(JournalOptions options);

    /// <summary>Runs a statement behind the journal's back.</summary>
    public abstract Task ExecuteAsync(string sql);

    /// <summary>How many rows a table has.</summary>
    public abstract Task<long> CountAsync(string table);

    /// <summary>Whether these bytes stand anywhere in the database.</summary>
    public abstract Task<bool> ContainsAsync(byte[] bytes);

    /// <summary>Bytes, given in hexadecimal, as the database writes them in a statement.</summary>
    public abstract string Bytes(string hex);

    /// <summary>Takes a backup.</summary>
    public abstract ValueTask<BackupSummary> BackUpAsync(JournalOptions options, Stream file, CancellationToken cancellationToken);

    /// <summary>Restores one.</summary>
    public abstract ValueTask<BackupSummary> RestoreAsync(Stream file, JournalOptions options, CancellationToken cancellationToken);

    /// <summary>Makes the store fail until the result is disposed.</summary>
    public abstract ValueTask<IAsyncDisposable> FailAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>Does something when disposed.</summary>
public sealed class Undo(Func<ValueTask> undo) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => undo();
}
