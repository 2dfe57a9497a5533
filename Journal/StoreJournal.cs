using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneStop.Journal.Integrity;
using OneStop.Journal.Reading;
using OneStop.Journal.Schema;
using OneStop.Journal.Vault;
using OneStop.Journal.Writing;

namespace OneStop.Journal;

/// <summary>The journal over any store.</summary>
internal sealed class StoreJournal : IJournal
{
    private readonly IStore _store;
    private readonly JournalOptions _options;
    private readonly JournalReader _reader;
    private readonly RequestValidator _validator;
    private readonly GroupCommitWriter _writer;
    private readonly JournalMetrics _metrics = new();

    private StoreJournal(IStore store, JournalOptions options, JournalParts parts, TaskScheduler scheduler, ILoggerFactory? loggers)
    {
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<IJournal>();
        _store = store;
        _options = options;
        _reader = new JournalReader(store, parts.Tables, parts.Upcasting, parts.Vault);
        _validator = new RequestValidator(parts.Tables);
        var committer = new BatchCommitter(store, parts.Vault, options.Time, _metrics, logger);
        _writer = new GroupCommitWriter(store, committer, _metrics, logger, scheduler, options.MaxBatch);
    }

    /// <summary>
    /// Puts a journal over an opened store, which it owns from then on. The writer runs on
    /// <paramref name="scheduler"/> unless the options say otherwise.
    /// </summary>
    /// <exception cref="JournalSchemaException">The store was written under another master key.</exception>
    public static async ValueTask<IJournal> OverAsync(
        IStore store, JournalOptions options, JournalParts parts, TaskScheduler scheduler, ILoggerFactory? loggers,
        CancellationToken cancellationToken)
    {
        var journal = new StoreJournal(store, options, parts, options.Scheduler ?? scheduler, loggers);
        try
        {
            await MasterKeyCheck.RunAsync(store, journal._reader, parts.Vault, cancellationToken);
            return journal;
        }
        catch
        {
            await journal.DisposeAsync();
            throw;
        }
    }

    public ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingAppend(request, _validator.Check(request), cancellationToken);
        if (JournalTracing.IsOn)
            return TracedAsync(request, pending);
        _writer.Enqueue(pending);
        return new ValueTask<AppendResult>(pending.Result);
    }

    public ValueTask EraseAsync(string subject, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequestValidator.CheckName(subject, "A document's subject");
        var pending = new PendingErasure(subject, cancellationToken);
        _writer.Enqueue(pending);
        return new ValueTask(pending.Result);
    }

    public ValueTask<StreamContent> ReadAsync(string stream, bool withSnapshot = true, CancellationToken cancellationToken = default) =>
        _reader.StreamAsync(stream, withSnapshot, cancellationToken);

    public ValueTask<ImmutableArray<ChainedEvent>> ReadChainAsync(string stream, CancellationToken cancellationToken = default) =>
        _reader.ChainAsync(stream, cancellationToken);

    public ValueTask<CommandRecord?> FindCommandAsync(string caller, string id, CancellationToken cancellationToken = default) =>
        _reader.CommandAsync(caller, id, cancellationToken);

    public ValueTask<ImmutableArray<WakeUp>> ReadWakeUpsAsync(int shard, long until, int limit, CancellationToken cancellationToken = default) =>
        _reader.WakeUpsAsync(shard, until, limit, cancellationToken);

    public ValueTask<ImmutableArray<Row>> QueryAsync(RowQuery query, CancellationToken cancellationToken = default) =>
        _reader.RowsAsync(query, cancellationToken);

    public ValueTask<ImmutableArray<RowCount>> CountAsync(RowQuery query, ImmutableArray<string> by, CancellationToken cancellationToken = default) =>
        _reader.CountAsync(query, by, cancellationToken);

    public ValueTask<byte[]?> ReadDocumentAsync(string subject, string id, CancellationToken cancellationToken = default) =>
        _reader.DocumentAsync(subject, id, cancellationToken);

    public ValueTask<ImmutableArray<string>> ListStreamsAsync(string prefix, string? after, int limit, CancellationToken cancellationToken = default) =>
        _reader.StreamNamesAsync(prefix, after, limit, cancellationToken);

    public async ValueTask<VerifyReport> VerifyAsync(IProgress<long>? events = null, CancellationToken cancellationToken = default)
    {
        // A walk over everything takes minutes: off the caller's turn, unless a simulation wants it all on one thread.
        return _options.Scheduler is null ? await Task.Run(() => WalkAsync().AsTask(), cancellationToken) : await WalkAsync();

        ValueTask<VerifyReport> WalkAsync() =>
            _reader.WalkAsync(ChainVerifier.Sql, reader => new ChainVerifier(events).WalkAsync(reader, cancellationToken), cancellationToken);
    }

    private async ValueTask<AppendResult> TracedAsync(AppendRequest request, PendingAppend pending)
    {
        using var span = JournalTracing.Start(_store.Kind, request);
        _writer.Enqueue(pending);
        var result = await pending.Result;
        span?.SetTag("onestop.outcome", result.Outcome.ToString());
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.StopAsync();
        await _store.DisposeAsync();
        _metrics.Dispose();
    }
}

/// <summary>What options become once they are checked.</summary>
internal sealed record JournalParts(TableCatalogue Tables, Upcasting Upcasting, DocumentVault Vault)
{
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public static JournalParts Of(JournalOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBatch, 1);
        ArgumentNullException.ThrowIfNull(options.Time);
        return new JournalParts(new TableCatalogue(options.Tables), new Upcasting(options.Upcasters), new DocumentVault(options.MasterKey));
    }
}
