using System.Collections.Immutable;
using OneStop.Journal;

namespace OneStop.Tests;

/// <summary>A real journal with something in front of its appends.</summary>
internal abstract class JournalDecorator(IJournal inner) : IJournal
{
    public virtual ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default) =>
        inner.AppendAsync(request, cancellationToken);

    public ValueTask<Journal.StreamContent> ReadAsync(string stream, bool withSnapshot = true, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(stream, withSnapshot, cancellationToken);

    public ValueTask<ImmutableArray<ChainedEvent>> ReadChainAsync(string stream, CancellationToken cancellationToken = default) =>
        inner.ReadChainAsync(stream, cancellationToken);

    public ValueTask<CommandRecord?> FindCommandAsync(string caller, string id, CancellationToken cancellationToken = default) =>
        inner.FindCommandAsync(caller, id, cancellationToken);

    public ValueTask<ImmutableArray<WakeUp>> ReadWakeUpsAsync(int shard, long until, int limit, CancellationToken cancellationToken = default) =>
        inner.ReadWakeUpsAsync(shard, until, limit, cancellationToken);

    public ValueTask<ImmutableArray<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken = default) =>
        inner.QueryAsync(query, cancellationToken);

    public ValueTask<ImmutableArray<RowCount>> CountAsync(RowQuery query, ImmutableArray<string> by, CancellationToken cancellationToken = default) =>
        inner.CountAsync(query, by, cancellationToken);

    public ValueTask<byte[]?> ReadDocumentAsync(string subject, string id, CancellationToken cancellationToken = default) =>
        inner.ReadDocumentAsync(subject, id, cancellationToken);

    public ValueTask EraseAsync(string subject, CancellationToken cancellationToken = default) => inner.EraseAsync(subject, cancellationToken);

    public ValueTask<ImmutableArray<string>> ListStreamsAsync(
        string prefix, string? after, int limit, CancellationToken cancellationToken = default) =>
        inner.ListStreamsAsync(prefix, after, limit, cancellationToken);

    public ValueTask<VerifyReport> VerifyAsync(IProgress<long>? events = null, CancellationToken cancellationToken = default) =>
        inner.VerifyAsync(events, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
