using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OneStop.Journal.Vault;

namespace OneStop.Journal.Writing;

/// <summary>Carries one batch through: lock and read, decide, write, commit; and sees to what can go wrong on the way.</summary>
internal sealed partial class BatchCommitter(IStore store, DocumentVault vault, TimeProvider time, JournalMetrics metrics, ILogger logger)
{
    private const int MostRaces = 16;
    private static readonly TimeSpan CommandsKept = TimeSpan.FromHours(24);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromSeconds(1);

    private DateTimeOffset _forgetAt = DateTimeOffset.MinValue;

    /// <summary>Commits the batch and answers every waiter of it.</summary>
    /// <exception cref="StoreFaultException">The store does not work; waiters not answered yet are the caller's.</exception>
    public async ValueTask CommitAsync(ReadOnlyMemory<PendingAppend> batch)
    {
        try
        {
            await CommitWholeAsync(batch);
        }
        catch (StoreFaultException fault) when (fault.Fault is StoreFault.NotUnique or StoreFault.Rejected)
        {
            await IsolateAsync(batch, fault);
        }
    }

    // Somebody in the batch asks for what cannot be: halving finds the one while all others are committed, in order.
    private async ValueTask IsolateAsync(ReadOnlyMemory<PendingAppend> batch, StoreFaultException fault)
    {
        if (batch.Length > 1)
        {
            await CommitAsync(batch[..(batch.Length / 2)]);
            await CommitAsync(batch[(batch.Length / 2)..]);
            return;
        }

        var offender = batch.Span[0];
        if (fault.Fault is StoreFault.NotUnique)
            Answer(offender, AppendResult.NotUnique(fault.Index ?? string.Empty));
        else
            offender.Fail(new ArgumentException($"The store refuses this append: {fault.Message}", fault));
    }

    private async ValueTask CommitWholeAsync(ReadOnlyMemory<PendingAppend> batch)
    {
        var started = time.GetTimestamp();
        var keys = BatchKeys.Of(batch.Span);
        for (var race = 1; ; race++)
        {
            var results = new AppendResult?[batch.Length];
            try
            {
                await TryCommitAsync(batch, keys, results);
            }
            catch (StoreFaultException fault) when (fault.Fault is StoreFault.LostRace && race < MostRaces)
            {
                LogLostRace(fault, race);
                continue;
            }

            metrics.Committed(store.Kind, batch.Length, time.GetElapsedTime(started));
            for (var i = 0; i < results.Length; i++)
                Answer(batch.Span[i], results[i]);
            return;
        }
    }

    private async ValueTask TryCommitAsync(ReadOnlyMemory<PendingAppend> batch, BatchKeys keys, AppendResult?[] results)
    {
        BatchEffects effects;
        StoreFaultException unknown;
        long key;
        await using (var transaction = await store.BeginAsync(keys))
        {
            var planner = new BatchPlanner(transaction.Known, vault);
            for (var i = 0; i < results.Length; i++)
                results[i] = Decide(planner, batch.Span[i]);
            effects = planner.Effects(ForgetCommandsBefore());
            if (effects.IsEmpty)
                return;
            try
            {
                await transaction.CommitAsync(effects);
                return;
            }
            catch (StoreFaultException fault) when (fault.Fault is StoreFault.CommitUnknown)
            {
                (unknown, key) = (fault, transaction.Key);
            }
        }

        if (effects.Witness(key) is not { } witness || !await store.IsDurableAsync(witness))
            throw new StoreFaultException(StoreFault.Unavailable, "The connection broke before the store acknowledged the commit.", unknown);
        LogSettled(unknown, batch.Length);
    }

    private void Answer(PendingAppend pending, AppendResult? result)
    {
        if (result is null)
            return;
        metrics.Answered(store.Kind, result.Outcome);
        pending.Complete(result);
    }

    private static AppendResult? Decide(BatchPlanner planner, PendingAppend pending)
    {
        try
        {
            return planner.Decide(pending);
        }
        catch (CryptographicException e)
        {
            pending.Fail(e);
            return null;
        }
    }

    private long? ForgetCommandsBefore()
    {
        var now = time.GetUtcNow();
        if (now < _forgetAt)
            return null;
        _forgetAt = now + ForgetEvery;
        return (now - CommandsKept - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    }

    [LoggerMessage(LogLevel.Information, "Another process came first (try {Race}); the batch is done again")]
    private partial void LogLostRace(Exception cause, int race);

    [LoggerMessage(LogLevel.Warning, "The acknowledgement of a commit was lost; the batch of {Appends} is durable")]
    private partial void LogSettled(Exception cause, int appends);
}
