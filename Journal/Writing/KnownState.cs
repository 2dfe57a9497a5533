using OneStop.Journal.Integrity;

namespace OneStop.Journal.Writing;

/// <summary>
/// What the planner knows of the store: read under the transaction's locks, then carried forward append by append,
/// so that a later append of a batch sees the earlier ones.
/// </summary>
internal sealed class KnownState(int streams)
{
    public Dictionary<string, StreamHead> Heads { get; } = new(streams, StringComparer.Ordinal);

    public Dictionary<CommandKey, CommandRecord> Commands { get; } = [];

    /// <summary>Wrapped keys by subject.</summary>
    public Dictionary<string, byte[]> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>All documents of the subjects that some are erased of.</summary>
    public Dictionary<string, List<SealedDocument>> Documents { get; } = new(StringComparer.Ordinal);

    public StreamHead Head(string stream) => Heads.TryGetValue(stream, out var head) ? head : StreamHead.None;
}

/// <summary>Where a stream ends.</summary>
/// <param name="Seq">Its last event; 0 before the first.</param>
/// <param name="Hash">The hash of that event.</param>
/// <param name="Exists">Whether the store has a row for the stream.</param>
internal readonly record struct StreamHead(long Seq, byte[] Hash, bool Exists)
{
    public static StreamHead None { get; } = new(0, HashChain.Origin, false);
}
