namespace OneStop.Journal.Writing;

/// <summary>All that one transaction writes, gathered by kind so that a store can write each kind as one set.</summary>
internal sealed class BatchEffects
{
    /// <summary>Streams that move, each once, in sorted order.</summary>
    public required IReadOnlyList<StreamEffect> Streams { get; init; }

    public required IReadOnlyList<EventEffect> Events { get; init; }

    /// <summary>Streams whose next wake-up is set, each once, in sorted order.</summary>
    public required IReadOnlyList<WakeUpEffect> WakeUps { get; init; }

    /// <summary>Streams whose wake-up goes.</summary>
    public required IReadOnlyList<string> ClearedWakeUps { get; init; }

    public required IReadOnlyList<CommandRecord> Commands { get; init; }

    public required IReadOnlyList<RowSegment> Rows { get; init; }

    /// <summary>Subjects whose key and documents go before any is written; what stays of them is written anew.</summary>
    public IReadOnlyList<string> Erased { get; init; } = [];

    /// <summary>Keys of subjects that had none.</summary>
    public required IReadOnlyList<WrappedKey> Keys { get; init; }

    public required IReadOnlyList<SealedDocument> Documents { get; init; }

    /// <summary>Answers older than this are forgotten in passing; null when it is not time for that.</summary>
    public long? ForgetCommandsBefore { get; init; }

    public bool IsEmpty =>
        Streams.Count + Events.Count + WakeUps.Count + ClearedWakeUps.Count + Commands.Count + Rows.Count + Erased.Count + Keys.Count + Documents.Count == 0;

    public static BatchEffects OnlyKey(WrappedKey key) => new()
    {
        Streams = [], Events = [], WakeUps = [], ClearedWakeUps = [], Commands = [], Rows = [], Keys = [key], Documents = [],
    };

    /// <summary>What would be found in the store if this batch were durable; null when nothing could tell.</summary>
    /// <param name="transaction">The <see cref="IStoreTransaction.Key"/>.</param>
    public BatchWitness? Witness(long transaction) => (Events, Commands) switch
    {
        ({ Count: > 0 }, _) => new BatchWitness(transaction, Events[^1], null),
        (_, { Count: > 0 }) => new BatchWitness(transaction, null, Commands[^1]),
        _ => null,
    };
}

/// <summary>Either stands for a whole batch, which is one transaction.</summary>
internal sealed record BatchWitness(long Transaction, EventEffect? Event, CommandRecord? Command);

internal readonly record struct StreamEffect(string Stream, bool IsNew, long Head, byte[] Hash, byte[]? Snapshot, long SnapshotSeq);

internal readonly record struct EventEffect(string Stream, long Seq, NewEvent Event, byte[] Hash);

internal readonly record struct WakeUpEffect(string Stream, int Shard, long DueAt);

internal readonly record struct WrappedKey(string Subject, byte[] Key);

internal readonly record struct SealedDocument(string Subject, string Id, byte[] Nonce, byte[] Ciphertext);
