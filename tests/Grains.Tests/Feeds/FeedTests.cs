using System.Text.Json.Nodes;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Tests.Applications;
using OneStop.Grains.Tests.Halls;
using Orleans.Runtime;

namespace OneStop.Grains.Tests.Feeds;

public sealed class FeedTests
{
    [Fact]
    public async Task ChangesOfAHallAppliedToItsSnapshotGiveItsFreshSnapshot()
    {
        await using var town = await TestTown.StartAsync();
        var follower = await Follower.FollowAsync(town, town.Hall(), "hall/grand");

        for (var i = 1; i <= 8; i++)
        {
            await town.TakeAsync("civil");
            await (await town.OpenAsync(i + 3)).CallNext(Command.By(HallTown.Clerk(i + 3)));
            await follower.UntilAsync(board => board["called"]!.AsArray().Count == i, $"{i} called tickets");
        }

        await town.Counter(4).Finish(Command.By("clerk4"), "done");
        await follower.UntilAsync(board => board["called"]!.AsArray().Count == 7, "a counter free again");

        Assert.Equal(follower.Applied.Order(), follower.Applied);
        Assert.True(follower.Applied.Count > 0);
        await AssertIsFreshAsync(town.Hall(), follower);
    }

    [Fact]
    public async Task WhoeverWasAnsweredSeesItOnTheBoardThatIsWatched()
    {
        await using var town = await TestTown.StartAsync();
        await Follower.FollowAsync(town, town.Hall(), "hall/grand");

        for (var i = 1; i <= 10; i++)
        {
            await town.TakeAsync("civil");
            var board = JsonNode.Parse((await town.Hall().Snapshot()).State)!;
            Assert.Equal(i, (int)board["waiting"]![0]!["count"]!);
        }
    }

    [Fact]
    public async Task ATicketsFeedFollowsItToTheEndWithoutAnybodyWatchingTheHall()
    {
        await using var town = await TestTown.StartAsync();
        var ahead = await town.TakeAsync("civil");
        var mine = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        var follower = await Follower.FollowAsync(town, town.Ticket(mine.Id), "ticket/" + mine.Id);

        await counter.CallNext(Command.By("clerk1"));
        await follower.UntilAsync(ticket => (int)ticket["ahead"]! == 0, $"nobody ahead after {ahead.Number} was called");
        await counter.Finish(Command.By("clerk1"), "done");
        await counter.CallNext(Command.By("clerk1"));
        await follower.UntilAsync(ticket => (string)ticket["state"]! == "called", "the call");
        await counter.Finish(Command.By("clerk1"), "done");
        await follower.UntilAsync(ticket => (string)ticket["state"]! == "finished", "the end");

        await AssertIsFreshAsync(town.Ticket(mine.Id), follower);
    }

    [Fact]
    public async Task ATicketThatMissedAChangeOfItsHallSeesItWhenItsVersionIsAskedFor()
    {
        const string asks = "asks for the version";
        var (misses, missed) = (false, new TaskCompletionSource<bool>());
        var filter = new CallFilter();
        filter.Sees = call =>
        {
            if (!misses || RequestContext.Get(asks) is not null || !CallFilter.Is<IQueueGrain>(call, nameof(IQueueGrain.Position))) return;
            missed.TrySetResult(true);
            throw new InvalidOperationException("The queue does not answer.");
        };
        await using var town = await TestTown.StartAsync(filter: filter);
        await town.TakeAsync("civil");
        var mine = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        var follower = await Follower.FollowAsync(town, town.Ticket(mine.Id), "ticket/" + mine.Id);
        misses = true;
        await counter.CallNext(Command.By("clerk1"));
        await Eventually.ComesAsync(missed.Task, "the ticket's look at its queue");

        RequestContext.Set(asks, true);
        await town.Ticket(mine.Id).Version();
        RequestContext.Clear();

        await follower.UntilAsync(ticket => (int)ticket["ahead"]! == 0, "nobody ahead");
    }

    [Fact]
    public async Task ACasesFeedFollowsItsCourse()
    {
        await using var town = await TestTown.StartAsync();
        var application = await town.AcceptedAsync("N1", TownDefinitions.ShopLicence);
        var follower = await Follower.FollowAsync(town, application, "application/N1");

        await application.DoAsync(CaseTown.Handler("market"), new SuspendApplication(SpecialProcedure.Hearing, 5));
        await follower.UntilAsync(view => (string)view["state"]! == "suspended", "the suspension");
        await application.DoAsync(CaseTown.Handler("market"), new ResumeApplication());
        await application.DoAsync(CaseTown.Handler("market"), new DecideApplication(ApplicationOutcome.Granted, null));
        await application.DoAsync(CaseTown.Clerk, new DeliverApplication());
        await follower.UntilAsync(view => (string)view["state"]! == "delivered", "the delivery");

        await AssertIsFreshAsync(application, follower);
    }

    [Fact]
    public async Task ARegionsFeedFollowsItsDepartmentsAndHalls()
    {
        await using var town = await TestTown.StartAsync();
        var region = town.Grains.GetGrain<IRegionGrain>(TownDefinitions.Region);
        var follower = await Follower.FollowAsync(town, region, "region/" + TownDefinitions.Region);

        await town.AcceptedAsync("N1", TownDefinitions.ShopLicence);
        await town.TakeAsync("civil");
        await follower.UntilAsync(
            board => (int)board["open"]! == 1 && (int)board["acceptedToday"]! == 1 && (int)board["halls"]![0]!["waiting"]! == 1, "the case and the ticket");

        await AssertIsFreshAsync(region, follower);
    }

    // Patches may still be under way when the last wanted member is there: the fresh snapshot says up to which version.
    private static async Task AssertIsFreshAsync(IFeedGrain grain, Follower follower)
    {
        var fresh = await grain.Snapshot();
        await follower.UntilAsync(_ => follower.Version >= fresh.Version, $"version {fresh.Version}");
        if (follower.Version > fresh.Version) fresh = await grain.Snapshot();
        Assert.Equal(fresh.Epoch, follower.Epoch);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(fresh.State), follower.State), $"{fresh.State}\n{follower.State}");
    }
}
