using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Web.Tests.Serving;
using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OneStop.Cluster.Tests;

/// <summary>The shards of the durable clock when their silo ends.</summary>
public sealed class DurableClockTests
{
    private const int Moved = 8;

    [Fact]
    public async Task TheShardsOfASiloThatEndsAreTakenOverWithoutWaitingForTheNextBeat()
    {
        await using var silos = await TwoSilos.StartAsync(new ClockWithoutBeats(), pulse: true);
        var shards = Enumerable.Range(0, Moved).Select(shard => silos.Grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard))).ToArray();
        foreach (var shard in shards)
            await Until.Holds("a shard on the second silo", () => PlaceOnSecondAsync(silos, shard), place => Equals(place, silos.Second));

        await silos.StopSecondAsync();

        foreach (var shard in shards)
            await Until.Holds("the shard on the silo that is left", () => silos.PlaceOfAsync(shard), place => Equals(place, silos.First));
    }

    // The pulse of the first silo had them all while it was alone.
    private static async Task<SiloAddress?> PlaceOnSecondAsync(TwoSilos silos, IDeadlineGrain shard)
    {
        await shard.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silos.Second);
        await shard.Look();
        RequestContext.Clear();
        return await silos.PlaceOfAsync(shard);
    }

    /// <summary>The machine's clock, but the five seconds between two beats never end.</summary>
    private sealed class ClockWithoutBeats : TimeProvider
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime < Longest ? dueTime : Timeout.InfiniteTimeSpan, period < Longest ? period : Timeout.InfiniteTimeSpan);
    }
}
