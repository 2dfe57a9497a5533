using System.Collections.Immutable;

namespace OneStop.Journal;

/// <summary>
/// What happened, what it looks like now and what is due: one durable record for all of it.
/// All instants are microseconds since 1970-01-01T00:00:00Z.
/// </summary>
/// <remarks>Every method throws <see cref="StoreUnavailableException"/> when the store cannot be reached.</remarks>
public interface IJournal : IAsyncDisposable
{
    /// <summary>
    /// Appends to one or several streams, all or nothing, and writes rows, wake-ups, documents and the command's
    /// answer in the same transaction. Completes when the transaction is durable.
    /// </summary>
    /// <remarks>Appends that wait together go into one transaction, in the order in which they were asked.</remarks>
    /// <param name="request">What to append.</param>
    /// <param name="cancellationToken">Withdraws the request as long as the writer has not taken it.</param>
    /// <exception cref="ArgumentException">The request is malformed or holds what the store cannot keep.</exception>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key of a document's subject was damaged.</exception>
    ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a stream: its newest snapshot if wanted and there, and the events after it (upcast).</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="withSnapshot">False reads every event from the first.</param>
    /// <param name="cancellationToken">Gives up the read.</param>
    ValueTask<StreamContent> ReadAsync(string stream, bool withSnapshot = true, CancellationToken cancellationToken = default);

    /// <summary>Every event of a stream as it is stored, with its hash: what somebody needs who checks the chain for himself.</summary>
    ValueTask<ImmutableArray<ChainedEvent>> ReadChainAsync(string stream, CancellationToken cancellationToken = default);

    /// <summary>The recorded answer to a command, if it has been carried out.</summary>
    ValueTask<CommandRecord?> FindCommandAsync(string caller, string id, CancellationToken cancellationToken = default);

    /// <summary>Wake-ups of a shard that are due at or before an instant, the earliest first.</summary>
    ValueTask<ImmutableArray<WakeUp>> ReadWakeUpsAsync(int shard, long until, int limit, CancellationToken cancellationToken = default);

    /// <summary>Rows of one read-model table.</summary>
    /// <exception cref="ArgumentException">The query names a table, column or value that does not fit.</exception>
    ValueTask<ImmutableArray<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken = default);

    /// <summary>How many rows there are for each combination of the named columns, in the order of those columns.</summary>
    /// <remarks>The query's order and limit play no part. Without columns there is one count.</remarks>
    /// <exception cref="ArgumentException">The query names a table, column or value that does not fit.</exception>
    ValueTask<ImmutableArray<RowCount>> CountAsync(RowQuery query, ImmutableArray<string> by, CancellationToken cancellationToken = default);

    /// <summary>A document of a subject, decrypted; null when there is none or the subject was erased.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The document or its key was changed or moved.</exception>
    ValueTask<byte[]?> ReadDocumentAsync(string subject, string id, CancellationToken cancellationToken = default);

    /// <summary>Destroys a subject's key, and with it every document of the subject, for good.</summary>
    /// <remarks>
    /// In order with appends: documents asked to be written before it are erased, later ones get a new key.
    /// Backups still hold the key until they are replaced.
    /// </remarks>
    ValueTask EraseAsync(string subject, CancellationToken cancellationToken = default);

    /// <summary>Names of streams that begin with <paramref name="prefix"/>, in order, after <paramref name="after"/>.</summary>
    ValueTask<ImmutableArray<string>> ListStreamsAsync(string prefix, string? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Walks every stream's hash chain and compares it with the recorded heads; reports 10,000 faults at most.</summary>
    ValueTask<VerifyReport> VerifyAsync(IProgress<long>? events = null, CancellationToken cancellationToken = default);
}
