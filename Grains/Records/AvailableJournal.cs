using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OneStop.Domain;
using OneStop.Journal;

namespace OneStop.Grains.Records;

/// <summary>
/// A journal whose store may be away: its callers get a refusal that can be answered, and that crosses from silo to
/// silo, wherever in a grain it meets them.
/// </summary>
/// <param name="inner">The journal; it belongs to whoever opened it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it is told that the store is away, once a second at most.</param>
public sealed partial class AvailableJournal(IJournal inner, TimeProvider time, ILogger<AvailableJournal> logger) : IJournal
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(1);

    private long warnedAt;

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default) =>
        Guarded(inner.AppendAsync(request, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<Journal.StreamContent> ReadAsync(string stream, bool withSnapshot = true, CancellationToken cancellationToken = default) =>
        Guarded(inner.ReadAsync(stream, withSnapshot, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<ChainedEvent>> ReadChainAsync(string stream, CancellationToken cancellationToken = default) =>
        Guarded(inner.ReadChainAsync(stream, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<CommandRecord?> FindCommandAsync(string caller, string id, CancellationToken cancellationToken = default) =>
        Guarded(inner.FindCommandAsync(caller, id, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WakeUp>> ReadWakeUpsAsync(int shard, long until, int limit, CancellationToken cancellationToken = default) =>
        Guarded(inner.ReadWakeUpsAsync(shard, until, limit, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken = default) =>
        Guarded(inner.QueryAsync(query, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<RowCount>> CountAsync(RowQuery query, ImmutableArray<string> by, CancellationToken cancellationToken = default) =>
        Guarded(inner.CountAsync(query, by, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<byte[]?> ReadDocumentAsync(string subject, string id, CancellationToken cancellationToken = default) =>
        Guarded(inner.ReadDocumentAsync(subject, id, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask EraseAsync(string subject, CancellationToken cancellationToken = default) =>
        await Guarded(Erased(inner.EraseAsync(subject, cancellationToken)));

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<string>> ListStreamsAsync(string prefix, string? after, int limit, CancellationToken cancellationToken = default) =>
        Guarded(inner.ListStreamsAsync(prefix, after, limit, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<VerifyReport> VerifyAsync(IProgress<long>? events = null, CancellationToken cancellationToken = default) =>
        Guarded(inner.VerifyAsync(events, cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async ValueTask<bool> Erased(ValueTask erasure)
    {
        await erasure;
        return true;
    }

    private async ValueTask<T> Guarded<T>(ValueTask<T> work)
    {
        try
        {
            return await work;
        }
        catch (StoreUnavailableException e)
        {
            var last = Interlocked.Read(ref warnedAt);
            if ((last == 0 || time.GetElapsedTime(last) > BetweenWarnings) && Interlocked.CompareExchange(ref warnedAt, time.GetTimestamp(), last) == last)
                LogAway(logger, e);
            throw new OneStopException(
                RefusalKind.Unavailable, "store-unavailable", "The record cannot be reached now. Try again; under the same Idempotency-Key nothing happens twice.")
            {
                RetryAfter = e.RetryAfter,
            };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The record cannot be reached; commands are refused until it can.")]
    private static partial void LogAway(ILogger logger, Exception exception);
}
