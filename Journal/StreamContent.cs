using System.Collections.Immutable;

namespace OneStop.Journal;

/// <summary>A stream as it was read.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Head">Sequence number of its last event; 0 when it does not exist.</param>
/// <param name="SnapshotSeq">The last event that the snapshot contains; 0 without one.</param>
/// <param name="Snapshot">State up to <paramref name="SnapshotSeq"/>.</param>
/// <param name="Events">The events after the snapshot, in order.</param>
public sealed record StreamContent(string Stream, long Head, long SnapshotSeq, byte[]? Snapshot, ImmutableArray<StoredEvent> Events);

/// <summary>An event in its place.</summary>
/// <param name="Seq">1 for a stream's first event.</param>
/// <param name="At">When it happened, microseconds UTC.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="Type">Stable name with version, after upcasting.</param>
/// <param name="Data">The bytes, after upcasting.</param>
public sealed record StoredEvent(long Seq, long At, string Actor, string Type, byte[] Data);

/// <summary>An event as it is stored, see <see cref="Integrity.HashChain"/>.</summary>
/// <param name="Seq">1 for a stream's first event.</param>
/// <param name="At">When it happened, microseconds UTC.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="Type">Stable name with version, as stored.</param>
/// <param name="Data">The bytes as stored.</param>
/// <param name="Hash">Its hash.</param>
public sealed record ChainedEvent(long Seq, long At, string Actor, string Type, byte[] Data, byte[] Hash);

/// <summary>The answer of a walk over the whole record.</summary>
/// <param name="Streams">Streams walked.</param>
/// <param name="Events">Events walked.</param>
/// <param name="Faults">Every fault found: stream, sequence number and what is wrong.</param>
public sealed record VerifyReport(long Streams, long Events, ImmutableArray<VerifyFault> Faults);

/// <summary>Where a chain is broken.</summary>
public sealed record VerifyFault(string Stream, long Seq, string What);
