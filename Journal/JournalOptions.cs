using System.Collections.Immutable;

namespace OneStop.Journal;

/// <summary>What a journal is opened with.</summary>
public sealed record JournalOptions
{
    /// <summary>The read-model tables it keeps; created when missing, columns added when new. Default: none.</summary>
    public ImmutableArray<TableSchema> Tables { get; init; } = [];

    /// <summary>Old event types and how they are read today. Default: none.</summary>
    public ImmutableArray<Upcaster> Upcasters { get; init; } = [];

    /// <summary>Events that refer to files, so that <see cref="IJournal.VerifyAsync"/> looks for these. Default: none.</summary>
    public ImmutableArray<FileReferences> FileReferences { get; init; } = [];

    /// <summary>32 bytes that wrap the subjects' keys; kept outside the database.</summary>
    public required byte[] MasterKey { get; init; }

    /// <summary>The clock, for the age of recorded answers.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Most appends in one transaction. Default: 512.</summary>
    public int MaxBatch { get; init; } = 512;

    /// <summary>
    /// Whether each commit reaches the disk before it is acknowledged. Without it a SQLite file is whole only once the
    /// journal is closed: for an import that is thrown away when it is interrupted. PostgreSQL always commits to disk.
    /// Default: true.
    /// </summary>
    public bool CommitsReachDisk { get; init; } = true;

    /// <summary>
    /// Where the writer runs. A simulation passes its own scheduler, and then no append is ever in flight on another
    /// thread. Default: null, a writer of its own.
    /// </summary>
    public TaskScheduler? Scheduler { get; init; }
}

/// <summary>Reads an event of an old type as one of a newer type.</summary>
/// <param name="From">The old type with its version.</param>
/// <param name="To">The newer type with its version; may itself be upcast further.</param>
/// <param name="Convert">The new bytes from the old.</param>
public sealed record Upcaster(string From, string To, Func<byte[], byte[]> Convert);
