using System.Collections.Immutable;

namespace OneStop.Journal;

/// <summary>Everything that becomes durable together, or not at all.</summary>
public sealed record AppendRequest
{
    /// <summary>The streams to append to; at most one entry a stream. May be empty when only an answer is recorded.</summary>
    public required ImmutableArray<StreamAppend> Streams { get; init; }

    /// <summary>Read-model rows to write or delete. Default: none.</summary>
    public ImmutableArray<RowChange> Rows { get; init; } = [];

    /// <summary>Documents (personal data) to write, encrypted with their subject's key. Default: none.</summary>
    public ImmutableArray<Document> Documents { get; init; } = [];

    /// <summary>Documents to destroy for good, before any is written. Default: none.</summary>
    public ImmutableArray<DocumentErasure> Erasures { get; init; } = [];

    /// <summary>The command this append carries out, with its answer. Default: none is recorded.</summary>
    public CommandRecord? Command { get; init; }
}

/// <summary>New events for one stream.</summary>
/// <param name="Stream">The stream's name, at most 200 characters.</param>
/// <param name="ExpectedHead">Sequence number of the last event the writer has seen; 0 for a new stream.</param>
/// <param name="Events">The events, in order; may be empty when only the wake-up or the snapshot changes.</param>
public sealed record StreamAppend(string Stream, long ExpectedHead, ImmutableArray<NewEvent> Events)
{
    /// <summary>What to do with the stream's next wake-up. Default: leave it as it is.</summary>
    public WakeUpChange WakeUp { get; init; } = WakeUpChange.Keep;

    /// <summary>The stream's state after these events, to shorten the next read. Default: none.</summary>
    public byte[]? Snapshot { get; init; }
}

/// <summary>An event before it has a place in its stream.</summary>
/// <param name="Type">Stable name with version, such as <c>ticket.called.v1</c>.</param>
/// <param name="At">When it happened, microseconds UTC.</param>
/// <param name="Actor">Who caused it: an account, <c>public</c> or <c>system</c>.</param>
/// <param name="Data">The bytes that are stored and hashed.</param>
public sealed record NewEvent(string Type, long At, string Actor, byte[] Data);

/// <summary>What an append does to a stream's next wake-up.</summary>
/// <param name="Kind">Keep, clear or set.</param>
/// <param name="Shard">The shard that watches it, when set.</param>
/// <param name="DueAt">The instant, microseconds UTC, when set.</param>
public readonly record struct WakeUpChange(WakeUpChangeKind Kind, int Shard, long DueAt)
{
    /// <summary>The wake-up stays as it is.</summary>
    public static WakeUpChange Keep => default;

    /// <summary>There is no next wake-up.</summary>
    public static WakeUpChange Clear => new(WakeUpChangeKind.Clear, 0, 0);

    /// <summary>The next wake-up is at <paramref name="dueAt"/>, watched by <paramref name="shard"/>.</summary>
    public static WakeUpChange Set(int shard, long dueAt) => new(WakeUpChangeKind.Set, shard, dueAt);
}

/// <summary>Kinds of <see cref="WakeUpChange"/>.</summary>
public enum WakeUpChangeKind
{
    /// <summary>Leave it.</summary>
    Keep,

    /// <summary>Remove it.</summary>
    Clear,

    /// <summary>Set it.</summary>
    Set,
}

/// <summary>A stream's next wake-up.</summary>
/// <param name="Stream">The stream to wake.</param>
/// <param name="DueAt">When, microseconds UTC.</param>
public readonly record struct WakeUp(string Stream, long DueAt);

/// <summary>A command that was carried out.</summary>
/// <param name="Caller">Who sent it; ids are unique for each caller.</param>
/// <param name="Id">The caller's id for it.</param>
/// <param name="BodyHash">SHA-256 of what was asked, to tell a repetition from another command under the same id.</param>
/// <param name="At">When it was carried out, microseconds UTC; answers are kept 24 h from then.</param>
/// <param name="Answer">What was answered.</param>
public sealed record CommandRecord(string Caller, string Id, byte[] BodyHash, long At, byte[] Answer);

/// <summary>Personal data kept outside the chain, encrypted with a key of its subject.</summary>
/// <param name="Subject">Whose data it is.</param>
/// <param name="Id">The document's id within the subject; writing it again replaces it.</param>
/// <param name="Content">The plain bytes.</param>
public sealed record Document(string Subject, string Id, byte[] Content);

/// <summary>
/// Documents of a subject that are to be read by nobody any more. What stays of the subject is sealed under a new key and the old key
/// destroyed, so that what was erased cannot be opened wherever its bytes are left; with the last document the key goes.
/// </summary>
/// <param name="Subject">Whose documents.</param>
/// <param name="Ids">Their ids; those that are not there are passed over.</param>
public sealed record DocumentErasure(string Subject, ImmutableArray<string> Ids);
