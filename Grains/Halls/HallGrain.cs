using Microsoft.Extensions.Logging;
using OneStop.Domain.Halls;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Feeds;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Measures;
using Orleans;

namespace OneStop.Grains.Halls;

/// <summary>A hall's board: what its queues and counters last told, and the truth again whenever it asks them.</summary>
public sealed partial class HallGrain(TimeProvider time, Definitions definitions, TownMeasures measures, ILogger<HallGrain> logger) : Grain, IHallGrain
{
    private readonly Dictionary<string, QueueContribution> queues = [];
    private readonly Dictionary<string, CounterContribution> counters = [];
    private HallDefinition? hall;
    private LiveFeed? feed;
    private HallContribution? told;

    private HallDefinition Hall => hall ??= definitions.Hall(this.GetPrimaryKeyString());

    private LiveFeed Feed => feed ??= new LiveFeed(this, "hall/" + Hall.Id, time, measures.Feeds, logger, Board);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => Reconcile();

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        measures.Halls.Forget(this, this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task TellQueue(QueueContribution contribution)
    {
        if (queues.TryGetValue(contribution.Service, out var old) && IsOlder(contribution.Day, contribution.Seq, old.Day, old.Seq)) return;
        queues[contribution.Service] = contribution;
        if (contribution.Count > 0)
            foreach (var counter in counters.Values)
                await TellOfWaitingAsync(counter, [contribution.Service]);
        await Feed.MovedAsync();
        await TellRegionAsync();
    }

    /// <inheritdoc/>
    public async Task TellCounter(CounterContribution contribution)
    {
        if (counters.TryGetValue(contribution.Counter, out var old) && IsOlder(contribution.Day, contribution.Seq, old.Day, old.Seq)) return;
        Announce(old, contribution);
        counters[contribution.Counter] = contribution;
        await TellOfWaitingAsync(contribution, queues.Values.Where(q => q.Count > 0).Select(q => q.Service));
        await Feed.MovedAsync();
        await TellRegionAsync();
    }

    /// <inheritdoc/>
    public Task<Staffing> StaffingOf(string service)
    {
        var serving = counters.Values.Where(c => c.State == CounterStatus.Open && c.Services.Contains(service)).ToArray();
        return Task.FromResult(new Staffing(serving.Length, serving.Count(c => c.Number is null), Hall.Service(service).ExpectedService));
    }

    /// <inheritdoc/>
    public Task<HallContribution> Contribution() => Task.FromResult(ContributionNow());

    /// <inheritdoc/>
    public Task<FeedSnapshot> Snapshot() => Feed.SnapshotAsync();

    /// <inheritdoc/>
    public Task<FeedVersion> Version() => Task.FromResult(Feed.Version());

    /// <inheritdoc/>
    public async Task Reconcile()
    {
        await TellDisplays(await GrainFactory.GetGrain<IDisplaysGrain>(Hall.Id).Paired());
        var askedQueues = Hall.Services.Select(s => GrainFactory.GetGrain<IQueueGrain>(HallKeys.Of(Hall.Id, s.Id)).Contribution()).ToArray();
        var askedCounters = Hall.Counters.Select(c => GrainFactory.GetGrain<ICounterGrain>(HallKeys.Of(Hall.Id, c.Id)).Contribution()).ToArray();
        var moved = false;
        foreach (var queue in await Task.WhenAll(askedQueues))
        {
            var old = queues.GetValueOrDefault(queue.Service);
            moved |= (old?.Day, old?.Seq) != (queue.Day, queue.Seq);
            queues[queue.Service] = queue;
        }

        foreach (var counter in await Task.WhenAll(askedCounters))
        {
            var old = counters.GetValueOrDefault(counter.Counter);
            moved |= (old?.Day, old?.Seq) != (counter.Day, counter.Seq);
            Announce(old, counter);
            counters[counter.Counter] = counter;
        }

        // What was told meanwhile is known by now and will be passed over.
        foreach (var counter in counters.Values) await TellOfWaitingAsync(counter, queues.Values.Where(q => q.Count > 0).Select(q => q.Service));
        await (moved ? Feed.MovedAsync() : Feed.ChangedAsync());
        await TellRegionAsync();
    }

    private static bool IsOlder(DateOnly day, long seq, DateOnly thanDay, long thanSeq) => day < thanDay || (day == thanDay && seq <= thanSeq);

    // Both orders of "a ticket was taken" and "the counter is free" come by here: one of them finds the other.
    private async ValueTask TellOfWaitingAsync(CounterContribution counter, IEnumerable<string> waiting)
    {
        if (counter is not { State: CounterStatus.Open, Number: null }) return;
        var profile = Hall.Counter(counter.Counter);
        if (profile.AutoCallAfter is not null && waiting.Any(service => profile.Services.Contains(service) || profile.Supports.Any(s => s.Service == service)))
            await GrainFactory.GetGrain<ICounterGrain>(HallKeys.Of(Hall.Id, counter.Counter)).SomebodyWaits();
    }

    private async ValueTask TellRegionAsync()
    {
        var now = ContributionNow();
        measures.Halls.Say(this, now);
        if (now == told) return;
        told = now;
        await GrainFactory.GetGrain<IRegionGrain>(Hall.Region).TellHall(now);
    }

    private HallContribution ContributionNow() => new(
        Hall.Id,
        queues.Values.Sum(q => q.Count),
        queues.Values.Min(q => q.Since),
        counters.Values.Count(c => c.Number is not null),
        counters.Values.Count(c => c.State == CounterStatus.Open))
    {
        LimitSeconds = (long)Hall.WaitingLimit.TotalSeconds,
    };

    private HallBoard Board() => new(
        Hall.Id,
        [.. counters.Values
            .Where(c => c.Number is not null)
            .OrderByDescending(c => c.CalledAt)
            .ThenBy(c => c.Counter, StringComparer.Ordinal)
            .Select(c => new CalledTicket(c.Number!, c.Counter, c.CalledAt!.Value))],
        [.. Hall.Services.Select(s => queues.TryGetValue(s.Id, out var q) ? new WaitingList(s.Id, q.Count, q.Since) : new WaitingList(s.Id, 0, null))],
        [.. Hall.Counters.Select(c => counters.TryGetValue(c.Id, out var known) ? Shown(known) : new CounterOnBoard(c.Id, "closed", null, null))])
    {
        Announcing = [.. voices.Where(v => !v.Value.Line.IsEmpty).OrderBy(v => v.Key, StringComparer.Ordinal)
            .Select(v => new ZoneCall(v.Key, v.Value.Line[0].Key, v.Value.Said, v.Value.Speaker is not null))],
        Displays = displays.Version,
    };

    private static CounterOnBoard Shown(CounterContribution c) => new(
        c.Counter,
        c.State switch
        {
            _ when c.Number is not null => "busy",
            CounterStatus.Open => "open",
            CounterStatus.Paused => "paused",
            _ => "closed",
        },
        c.Number,
        c.PauseReason);
}
