using System.Globalization;
using Microsoft.Extensions.Logging;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Measures;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace OneStop.Grains.Deadlines;

/// <summary>
/// One shard of the durable clock. The table is the truth; in memory is the near future, and one timer at its first
/// instant. What is told while a delivery runs is only noted, so the grain may be reentrant.
/// </summary>
[Reentrant]
public sealed partial class DeadlineGrain(IJournal journal, TimeProvider time, TownMeasures measures, ILogger<DeadlineGrain> logger) : Grain, IDeadlineGrain
{
    private const int PageSize = 1_000;
    private const int Parallel = 16;
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    // What a look at the table covers: more than the time between two looks, so that a lost tell is found before its instant.
    private static readonly TimeSpan LookAhead = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    private readonly PriorityQueue<string, long> heap = new();
    private readonly Dictionary<string, long> planned = [];

    // Fired and not effected yet: being delivered, or failed and to be found again.
    private readonly Dictionary<string, long> fired = [];
    private int shard;
    private long horizon = long.MinValue;
    private bool delivering;
    private IGrainTimer? timer;
    private long armedFor = long.MaxValue;

    /// <summary>The shard's grain key.</summary>
    public static string KeyOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"shard-{shard}");

    /// <summary>The shard that watches a stream.</summary>
    public static int ShardOf(string stream)
    {
        // FNV-1a (Fowler, Noll, Vo): rows carry the shard, so it may never depend on a runtime's own string hash.
        var hash = 2166136261u;
        foreach (var c in stream) hash = (hash ^ c) * 16777619u;
        return (int)(hash % IDeadlineGrain.Shards);
    }

    /// <summary>Tells the shard that watches a stream of its next wake-up.</summary>
    internal static Task TellAsync(IGrainFactory grains, string stream, DateTimeOffset? due) =>
        grains.GetGrain<IDeadlineGrain>(KeyOf(ShardOf(stream))).Tell(stream, due);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // An idle grain is put to sleep, and its timers with it: a clock that nobody calls must stay awake all the same.
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        shard = int.Parse(this.GetPrimaryKeyString().AsSpan("shard-".Length), CultureInfo.InvariantCulture);
        return LoadAsync();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        measures.Deadlines.Forget(this, this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Tell(string stream, DateTimeOffset? due)
    {
        fired.Remove(stream);
        if (due is null) planned.Remove(stream);
        else if (due.Value.Micros() <= horizon) Note(stream, due.Value.Micros());
        Arm();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Look()
    {
        var until = (time.GetUtcNow() + LookAhead).Micros();
        var rows = await journal.ReadWakeUpsAsync(shard, until, PageSize);
        foreach (var row in rows) Note(row.Stream, row.DueAt);
        if (!delivering && rows.Length < PageSize) fired.Clear();
        await DeliverAsync();
    }

    private async Task LoadAsync()
    {
        var rows = await journal.ReadWakeUpsAsync(shard, long.MaxValue, PageSize);
        // A full page ends somewhere; up to there nothing is missing.
        horizon = rows.Length < PageSize ? long.MaxValue : rows[^1].DueAt;
        foreach (var row in rows) Note(row.Stream, row.DueAt);
        Arm();
    }

    private void Note(string stream, long dueAt)
    {
        if (planned.TryGetValue(stream, out var known) && known == dueAt) return;
        planned[stream] = dueAt;
        heap.Enqueue(stream, dueAt);
    }

    private void Arm()
    {
        if (delivering) return;
        DropOutdated();
        Say();
        var next = heap.TryPeek(out _, out var first) ? first : horizon;
        if (next == armedFor) return;
        armedFor = next;
        if (next == long.MaxValue)
        {
            timer?.Dispose();
            timer = null;
            return;
        }

        var wait = next.Instant() - time.GetUtcNow();
        if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;
        if (wait > LongestTimer) wait = LongestTimer;
        if (timer is null) timer = this.RegisterGrainTimer(DeliverAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        else timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Say()
    {
        var next = heap.TryPeek(out _, out var first) ? first : long.MaxValue;
        measures.Deadlines.Say(this, this.GetPrimaryKeyString(), fired.Count == 0 ? next : Math.Min(next, fired.Values.Min()));
    }

    private void DropOutdated()
    {
        while (heap.TryPeek(out var stream, out var at) && (!planned.TryGetValue(stream, out var current) || current != at))
            heap.Dequeue();
    }

    private async Task DeliverAsync()
    {
        if (delivering) return;
        delivering = true;
        try
        {
            while (true)
            {
                var batch = TakeDue();
                if (batch.Count > 0)
                    await Task.WhenAll(batch.Select(DeliverAsync));
                else if (heap.Count == 0 && horizon <= time.GetUtcNow().Micros())
                    await LoadAsync();
                else
                    break;
            }
        }
        finally
        {
            delivering = false;
            armedFor = long.MaxValue;
            Arm();
        }
    }

    private List<(string Stream, long DueAt)> TakeDue()
    {
        var now = time.GetUtcNow().Micros();
        var batch = new List<(string, long)>();
        DropOutdated();
        while (batch.Count < Parallel && heap.TryPeek(out var stream, out var at) && at <= now)
        {
            heap.Dequeue();
            planned.Remove(stream);
            fired[stream] = at;
            measures.Deadlines.Fired(at);
            batch.Add((stream, at));
            DropOutdated();
        }

        return batch;
    }

    private async Task DeliverAsync((string Stream, long DueAt) wakeUp)
    {
        try
        {
            await Wakeables.Of(GrainFactory, wakeUp.Stream).WakeUp(wakeUp.DueAt.Instant());
            fired.Remove(wakeUp.Stream);
            measures.Deadlines.Delivered();
        }
        catch (Exception e)
        {
            // The row is still there: the next look at the table finds it again. Without a pause, a page of rows that
            // always fail would be read again and again.
            horizon = Math.Max(horizon, (time.GetUtcNow() + RetryPause).Micros());
            measures.Deadlines.Failed();
            LogNotDelivered(logger, e, wakeUp.Stream);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waking {Stream} failed; it is tried again.")]
    private static partial void LogNotDelivered(ILogger logger, Exception exception, string stream);
}
