using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Rollouts;
using OneStop.Web.Tests.Serving;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OneStop.Cluster.Tests;

/// <summary>A silo that has not heard of a change of the definitions: nothing there is counted wrongly for good.</summary>
public sealed class DefinitionsTests
{
    private static readonly CalendarChange Change = new("cn", null, [new DeclaredDay("cn", new DateOnly(2099, 1, 5), "test", IsOff: true)]);

    [Fact]
    public async Task ACaseTakenInUnderTheOldCalendarWhileTheRolloutRunsFollowsItInTheEnd()
    {
        await using var silos = await TwoSilos.StartAsync(TimeProvider.System);
        var stale = await StaleAsync(silos);
        var rollout = silos.Grains.GetGrain<IRolloutGrain>((await Catalogue(silos).Change(TwoSilos.By("admin"), Change)).Rollout!);
        await Until.Holds("the first pass is over", rollout.View, view => view.State == RolloutStanding.Resting);
        var late = await ReceivedAtAsync(silos, "LATE", stale);
        var takenIn = (await late.Timeline(Actor.System)).Length;

        await Until.Holds("the rollout is done", rollout.View, view => view.State == RolloutStanding.Finished);

        Assert.Equal(stale, await silos.PlaceOfAsync(late));
        Assert.Equal(1, takenIn);
        Assert.Equal("application.deadlines-replanned.v1", (await late.Timeline(Actor.System))[^1].Type);
        Assert.Equal(2, silos.DefinitionsOf(stale).Calendar("cn").Version);
    }

    private static ICatalogueGrain Catalogue(TwoSilos silos) => silos.Grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);

    // The silo that does not host the catalogue hears of a change only when it looks, which nobody does here.
    private static async Task<SiloAddress> StaleAsync(TwoSilos silos) =>
        silos.First.Equals(await silos.PlaceOfAsync(Catalogue(silos))) ? silos.Second : silos.First;

    private static async Task<IApplicationGrain> ReceivedAtAsync(TwoSilos silos, string number, SiloAddress place)
    {
        var received = silos.Grains.GetGrain<IApplicationGrain>(number);
        RequestContext.Set(IPlacementDirector.PlacementHintKey, place);
        await received.Receive(TwoSilos.By("public"), Actor.Public, new Intake(
            "shop-licence", "李雷", "44190019900101001X", null, "{}", ["m1"], Channel.Desk, "12345678"));
        RequestContext.Clear();
        return received;
    }
}
