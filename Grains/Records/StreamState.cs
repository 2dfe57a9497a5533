using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>A stream as the state it leads to.</summary>
/// <typeparam name="TState">The state.</typeparam>
/// <param name="State">The state after the last event.</param>
/// <param name="Head">Sequence number of the last event.</param>
/// <param name="LastAt">When the last event happened; the earliest instant when there is none.</param>
/// <param name="SnapshotSeq">The last event that was not read because a snapshot contains it; 0 without one.</param>
internal readonly record struct StreamState<TState>(TState State, long Head, DateTimeOffset LastAt, long SnapshotSeq)
    where TState : class
{
    /// <summary>Reads it: from its snapshot on, or from the beginning when there is none that this version can read.</summary>
    public static async ValueTask<StreamState<TState>> ReadAsync(
        IJournal journal, string stream, TState empty, SnapshotForm<TState>? form, Func<TState, StoredEvent, TState> evolve)
    {
        var content = await journal.ReadAsync(stream, withSnapshot: form is not null);
        var (state, at) = (empty, default(DateTimeOffset));
        if (content.Snapshot is { } kept)
        {
            if (form!.Decode(kept) is { } known) (state, at) = known;
            else content = await journal.ReadAsync(stream, withSnapshot: false);
        }

        foreach (var stored in content.Events)
        {
            state = evolve(state, stored);
            at = stored.At.Instant();
        }

        return new StreamState<TState>(state, content.Head, at, content.SnapshotSeq);
    }
}
