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
/// instant. What is due is delivered beside the grain's turns, so that one slow case holds up nobody.
/// </summary>
[Reentrant]
public sealed partial class DeadlineGrain(
    IJournal journal, TimeProvider time, DeliveryTurns turns, TownMeasures measures, ILogger<DeadlineGrain> logger) : Grain, IDeadlineGrain
{
    private const int PageSize = 1_000;
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    // What a look at the table covers: more than the time between two looks, so that a lost tell is found before its instant.
    private static readonly TimeSpan LookAhead = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    private readonly PriorityQueue<string, long> heap = new();
    private readonly Dictionary<string, long> planned = [];

    // Fired and not effected yet: what is being delivered, and what failed and is to be found again.
    private readonly Dictionary<string, long> delivering = [];
    private readonly Dictionary<string, long> failed = [];
    private readonly ToldHeads told = new();
    private int shard;
    private long horizon = long.MinValue;
    private bool loading;
    private bool stopped;
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
    /// <param name="grains">The grains.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="due">Its next wake-up; null when there is none.</param>
    /// <param name="head">Sequence number of its last event. Default: that of a stream without events, whose wake-ups are all it has.</param>
    internal static Task TellAsync(IGrainFactory grains, string stream, DateTimeOffset? due, long head = 0) =>
        grains.GetGrain<IDeadlineGrain>(KeyOf(ShardOf(stream))).Tell(stream, due, head);

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
        stopped = true;
        measures.Deadlines.Forget(this, this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Tell(string stream, DateTimeOffset? due, long head)
    {
        if (!told.Take(stream, head)) return Task.CompletedTask;
        failed.Remove(stream);
        if (due is null) planned.Remove(stream);
        else if (due.Value.Micros() <= horizon) Note(stream, due.Value.Micros());
        Arm();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Look()
    {
        await ReadAheadAsync();
        await Task.WhenAll(BeginDue());
    }

    /// <inheritdoc/>
    public async Task Begin()
    {
        await ReadAheadAsync();
        _ = BeginDue();
    }

    private async Task ReadAheadAsync()
    {
        var until = (time.GetUtcNow() + LookAhead).Micros();
        var rows = await journal.ReadWakeUpsAsync(shard, until, PageSize);
        foreach (var row in rows) Note(row.Stream, row.DueAt);
        if (rows.Length < PageSize) failed.Clear();
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
        if (delivering.TryGetValue(stream, out var being) && being == dueAt) return;
        planned[stream] = dueAt;
        heap.Enqueue(stream, dueAt);
    }

    private void Arm()
    {
        DropOutdated();
        Say();
        // While something is delivered its end turns the page.
        var next = heap.TryPeek(out _, out var first) ? first : delivering.Count > 0 ? long.MaxValue : horizon;
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
        if (timer is null) timer = this.RegisterGrainTimer(FireAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        else timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Say()
    {
        var next = heap.TryPeek(out _, out var first) ? first : long.MaxValue;
        measures.Deadlines.Say(this, this.GetPrimaryKeyString(), delivering.Values.Concat(failed.Values).Append(next).Min());
    }

    private void DropOutdated()
    {
        while (heap.TryPeek(out var stream, out var at) && (!planned.TryGetValue(stream, out var current) || current != at))
            heap.Dequeue();
    }

    // Not awaited to the end: a timer does not tick again before its tick has ended.
    private Task FireAsync()
    {
        _ = BeginDue();
        return heap.Count == 0 && delivering.Count == 0 ? TurnPageAsync() : Task.CompletedTask;
    }

    private Task[] BeginDue()
    {
        var now = time.GetUtcNow().Micros();
        var started = new List<Task>();
        DropOutdated();
        while (heap.TryPeek(out var stream, out var at) && at <= now)
        {
            heap.Dequeue();
            planned.Remove(stream);
            failed.Remove(stream);
            delivering[stream] = at;
            measures.Deadlines.Fired(at);
            started.Add(DeliverAsync(stream, at));
            DropOutdated();
        }

        armedFor = long.MaxValue;
        Arm();
        return [.. started];
    }

    private async Task DeliverAsync(string stream, long dueAt)
    {
        await turns.EnterAsync(dueAt);
        try
        {
            if (!stopped) await Wakeables.Of(GrainFactory, stream).WakeUp(dueAt.Instant());
            delivering.Remove(stream);
            measures.Deadlines.Delivered();
        }
        catch (Exception e)
        {
            // The row is still there: the next look at the table finds it again. Without a pause, a page of rows that
            // always fail would be read again and again.
            delivering.Remove(stream);
            failed[stream] = dueAt;
            horizon = Math.Max(horizon, (time.GetUtcNow() + RetryPause).Micros());
            measures.Deadlines.Failed();
            LogNotDelivered(logger, e, stream);
        }
        finally
        {
            turns.Leave();
        }

        if (delivering.Count == 0) await TurnPageAsync();
    }

    // What was loaded is delivered; behind it the table may hold more that is due.
    private async Task TurnPageAsync()
    {
        if (loading || stopped || heap.Count > 0 || horizon > time.GetUtcNow().Micros())
        {
            Arm();
            return;
        }

        loading = true;
        try
        {
            await LoadAsync();
        }
        finally
        {
            loading = false;
        }

        _ = BeginDue();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waking {Stream} failed; it is tried again.")]
    private static partial void LogNotDelivered(ILogger logger, Exception exception, string stream);
}
