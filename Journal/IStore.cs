using System.Data.Common;
using OneStop.Journal.Writing;

namespace OneStop.Journal;

/// <summary>What a database has to do for the journal; everything else is shared.</summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>Its kind, as a label of the metrics.</summary>
    string Kind { get; }

    /// <summary>Whether it is another process, each of whose answers takes its time however little was asked.</summary>
    bool AnswersFromAfar { get; }

    /// <summary>Starts a transaction, locks the named streams and reads what the planner must know.</summary>
    /// <exception cref="StoreFaultException">The store does not work.</exception>
    ValueTask<IStoreTransaction> BeginAsync(BatchKeys keys);

    /// <summary>Whether a batch whose commit was never acknowledged is there after all.</summary>
    /// <exception cref="StoreFaultException">The store does not work.</exception>
    ValueTask<bool> IsDurableAsync(BatchWitness witness);

    /// <summary>Removes a subject's key and documents.</summary>
    /// <exception cref="StoreFaultException">The store does not work.</exception>
    ValueTask EraseAsync(string subject);

    /// <summary>A connection that sees everything acknowledged so far.</summary>
    /// <exception cref="DbException">The store does not work.</exception>
    ValueTask<IReadSession> OpenReaderAsync(CancellationToken cancellationToken);
}

/// <summary>One transaction of the writer; disposed without <see cref="CommitAsync"/> it leaves no trace.</summary>
internal interface IStoreTransaction : IAsyncDisposable
{
    /// <summary>Heads, commands and keys as the transaction found them.</summary>
    KnownState Known { get; }

    /// <summary>By what the store knows the transaction when its end has to be found out on another connection.</summary>
    long Key { get; }

    /// <summary>Writes all effects and commits.</summary>
    /// <exception cref="StoreFaultException">It could not; its fault says what follows from that.</exception>
    ValueTask CommitAsync(BatchEffects effects);
}

/// <summary>A connection for reading; goes back where it came from when disposed.</summary>
internal interface IReadSession : IAsyncDisposable
{
    /// <summary>Runs a query whose parameters are written $1, $2, ... in the order of <paramref name="arguments"/>.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="patient">Whether it may take as long as it needs.</param>
    /// <param name="cancellationToken">Gives up the query.</param>
    ValueTask<DbDataReader> QueryAsync(string sql, object[] arguments, bool patient, CancellationToken cancellationToken);
}

/// <summary>What went wrong in a store, by what has to follow.</summary>
internal enum StoreFault
{
    /// <summary>It cannot be reached or refuses to work; nothing was committed.</summary>
    Unavailable,

    /// <summary>The connection broke while committing: durable or not, nobody has said.</summary>
    CommitUnknown,

    /// <summary>A row breaks a unique index.</summary>
    NotUnique,

    /// <summary>The store refuses a value for another reason.</summary>
    Rejected,

    /// <summary>Another process came first between reading and writing: do it again.</summary>
    LostRace,
}

/// <summary>A fault of a store, classified.</summary>
internal sealed class StoreFaultException(StoreFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What has to follow.</summary>
    public StoreFault Fault { get; } = fault;

    /// <summary>The unique index, when that is the fault.</summary>
    public string? Index { get; init; }
}
