using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OneStop.Journal.Files;

namespace OneStop.Journal.Writing;

/// <summary>
/// The one writer of a process: takes everything that waits, up to a limit, into one transaction. What arrives while a
/// batch commits makes the next one.
/// </summary>
/// <remarks>
/// It runs as tasks on one scheduler and only when there is work. On a single-threaded scheduler and with a store that
/// works synchronously the whole journal is therefore deterministic.
/// </remarks>
internal sealed partial class GroupCommitWriter(
    IStore store, BatchCommitter committer, FileWriter files, JournalMetrics metrics, ILogger logger, TaskScheduler scheduler, int maxBatch)
{
    // A batch is held in memory several times over on its way; what exceeds this begins the next one.
    private const long MostBytes = 8 << 20;

    private readonly Channel<PendingWork> _queue = Channel.CreateUnbounded<PendingWork>();
    private readonly PendingAppend[] _batch = new PendingAppend[maxBatch];
    private Task _drained = Task.CompletedTask;
    private int _draining;

    public void Enqueue(PendingWork work)
    {
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(work), typeof(IJournal));
        if (Interlocked.CompareExchange(ref _draining, 1, 0) == 0)
            StartDraining();
    }

    /// <summary>Takes no more work and finishes what it has.</summary>
    public async ValueTask StopAsync()
    {
        _queue.Writer.TryComplete();
        while (Volatile.Read(ref _draining) == 1)
            await Volatile.Read(ref _drained);
    }

    private void StartDraining()
    {
        // The loop belongs to no caller: it must not carry the first one's ambient context along.
        using (ExecutionContext.SuppressFlow())
        {
            var started = Task.Factory.StartNew(DrainAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
            Volatile.Write(ref _drained, started.Unwrap());
        }
    }

    private async Task DrainAsync()
    {
        do
        {
            while (_queue.Reader.TryPeek(out _))
            {
                await CommitNextAsync();
                // Whoever shares the one thread of a simulation has a turn; the pool has threads of its own.
                if (scheduler is not DedicatedThread)
                    await Task.Yield();
                else if (store.AnswersFromAfar)
                    await LetTheAnsweredComeBackAsync();
            }

            Volatile.Write(ref _draining, 0);
        }
        while (_queue.Reader.TryPeek(out _) && Interlocked.CompareExchange(ref _draining, 1, 0) == 0);
    }

    // Each commit waits for the store's answers, so fewer and larger ones pay: the next batch closes once those just answered
    // had their turn in the pool's queue. A store in this process is not waited for that way. There, half of them decide while
    // the other half's batch is written.
    private static Task LetTheAnsweredComeBackAsync() => Task.Run(static () => { });

    private async ValueTask CommitNextAsync()
    {
        var count = 0;
        var size = 0L;
        PendingWork? alone = null;
        while (count < maxBatch && size < MostBytes && alone is null && _queue.Reader.TryRead(out var work))
        {
            if (work.IsWithdrawn)
                work.Withdraw();
            else if (work is PendingAppend append)
                size += (_batch[count++] = append).Size;
            else
                alone = work;
        }

        try
        {
            if (count > 0)
                await committer.CommitAsync(_batch.AsMemory(0, count));
            switch (alone)
            {
                case PendingErasure erasure:
                    await store.EraseAsync(erasure.Subject);
                    erasure.Complete();
                    break;
                case PendingFileWork file:
                    await files.CarryOutAsync(file);
                    break;
            }
        }
        catch (StoreFaultException fault)
        {
            FailAll(count, alone, fault);
        }
#pragma warning disable CA1031 // A waiter must never be left waiting, whatever went wrong.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBroken(e);
            Fail(count, alone, e);
        }
        finally
        {
            Array.Clear(_batch, 0, count);
        }
    }

    // Everybody who waits at this moment learns it at once; whoever comes later makes the writer try the store again.
    private void FailAll(int count, PendingWork? alone, StoreFaultException fault)
    {
        LogUnavailable(fault, count);
        // Taken out before the first one learns it: it may be back with another try, and that one is for the store.
        var waiting = new List<PendingWork>();
        while (_queue.Reader.TryRead(out var work))
            waiting.Add(work);
        Fail(count, alone, fault);
        foreach (var work in waiting)
            FailOne(work, fault);
    }

    private void Fail(int count, PendingWork? alone, Exception cause)
    {
        for (var i = 0; i < count; i++)
            FailOne(_batch[i], cause);
        if (alone is not null)
            FailOne(alone, cause);
    }

    private void FailOne(PendingWork work, Exception cause)
    {
        // Each waiter throws an exception of its own.
        var told = cause is StoreFaultException ? new StoreUnavailableException($"The store does not work: {cause.Message}", cause) : cause;
        if (work.Fail(told))
            metrics.Failed(store.Kind);
    }

    [LoggerMessage(LogLevel.Error, "The store does not work; {Appends} appends of the batch and all that wait fail")]
    private partial void LogUnavailable(Exception cause, int appends);

    [LoggerMessage(LogLevel.Critical, "A batch broke the writer; its appends fail")]
    private partial void LogBroken(Exception cause);
}
