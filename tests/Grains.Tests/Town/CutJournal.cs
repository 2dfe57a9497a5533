using System.Collections.Immutable;
using OneStop.Journal;
using StreamContent = OneStop.Journal.StreamContent;

namespace OneStop.Grains.Tests;

/// <summary>Where an append is cut off.</summary>
internal enum Cut
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Nothing of it becomes durable.</summary>
    Before,

    /// <summary>All of it is durable, but nobody learns of it.</summary>
    After,
}

/// <summary>A real journal whose appends can be cut off.</summary>
internal sealed class CutJournal(IJournal inner) : IJournal
{
    /// <summary>Decides for each append. Default: none is cut.</summary>
    public Func<AppendRequest, Cut> Where { get; set; } = _ => Cut.None;

    /// <summary>What a cut append throws. Default: the store cannot be reached.</summary>
    public Func<Exception> Fault { get; set; } = () => new StoreUnavailableException("Cut off by the test.");

    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default)
    {
        var cut = Where(request);
        if (cut == Cut.Before) throw Fault();
        var result = await inner.AppendAsync(request, cancellationToken);
        return cut == Cut.After ? throw Fault() : result;
    }

    public ValueTask<StreamContent> ReadAsync(string stream, bool withSnapshot = true, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(stream, withSnapshot, cancellationToken);

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
