using System.Text.Json;

namespace OneStop.Grains.Records;

/// <summary>
/// How a state is kept beside its stream. A snapshot is only a shorter way to the same state: one of another form, from
/// before or after this version, is as good as none.
/// </summary>
/// <typeparam name="TState">The state.</typeparam>
public abstract class SnapshotForm<TState>
{
    /// <summary>The bytes of a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="at">When its last event happened.</param>
    internal abstract byte[] Encode(TState state, DateTimeOffset at);

    /// <summary>The state and when its last event happened; null when the bytes have another form.</summary>
    internal abstract (TState State, DateTimeOffset At)? Decode(ReadOnlySpan<byte> bytes);
}

/// <summary>The same, by what of the state is kept.</summary>
/// <typeparam name="TState">The state.</typeparam>
/// <typeparam name="TKept">What is kept of it, as JSON.</typeparam>
/// <param name="name">Name with version: a new one whenever what is kept means something else.</param>
/// <param name="keep">What is kept of a state.</param>
/// <param name="restore">The state again.</param>
internal sealed class SnapshotForm<TState, TKept>(string name, Func<TState, TKept> keep, Func<TKept, TState> restore) : SnapshotForm<TState>
{
    internal override byte[] Encode(TState state, DateTimeOffset at) =>
        JsonSerializer.SerializeToUtf8Bytes(new Snapshot(name, at.Micros(), keep(state)), EventCodec.Json);

    internal override (TState State, DateTimeOffset At)? Decode(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<Named>(bytes, EventCodec.Json)!.Form == name && JsonSerializer.Deserialize<Snapshot>(bytes, EventCodec.Json) is { } snapshot
            ? (restore(snapshot.State), snapshot.At.Instant())
            : null;

    private sealed record Named(string Form);

    private sealed record Snapshot(string Form, long At, TKept State);
}
