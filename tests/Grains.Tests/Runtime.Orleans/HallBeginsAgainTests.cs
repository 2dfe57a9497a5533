using OneStop.Grains.Tests.Feeds;
using OneStop.Grains.Tests.Halls;
using Orleans;
using Orleans.Core.Internal;

namespace OneStop.Grains.Tests.Runtime.Orleans;

/// <summary>A hall whose activation ends, as with its silo.</summary>
public sealed class HallBeginsAgainTests
{
    [Fact]
    public async Task AFollowedTicketHasItsHallWatchedAgain()
    {
        await using var town = await TestTown.StartAsync();
        await town.TakeAsync("civil");
        var mine = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        await Follower.FollowAsync(town, town.Ticket(mine.Id), "ticket/" + mine.Id);
        var before = await town.Hall().Version();

        await town.Hall().AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await Eventually.HoldsAsync(async () => (await town.Hall().Version()).Epoch != before.Epoch, "the hall in its next activation");
        await town.Ticket(mine.Id).Version();
        var again = await town.Hall().Version();
        await counter.CallNext(Command.By("clerk1"));

        await Eventually.HoldsAsync(async () => await town.Hall().Version() != again, "a change that the hall publishes");
    }
}
