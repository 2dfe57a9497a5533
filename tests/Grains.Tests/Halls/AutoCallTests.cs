using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Halls;

namespace OneStop.Grains.Tests.Halls;

/// <summary>Counters 1 and 2 call by themselves.</summary>
public sealed class AutoCallTests
{
    [Fact]
    public async Task AFreeCounterCallsByItselfWhenATicketIsTaken()
    {
        await using var town = await StartAsync();
        var counter = await town.OpenAsync(1);

        var taken = await town.TakeAsync("civil");

        var view = await CalledAsync(counter, taken.Id);
        Assert.Equal(("clerk1", CallRule.LongestWait), (view.Clerk, view.Why!.Rule));
    }

    [Fact]
    public async Task ACounterThatBecomesFreeCallsTheNextByItself()
    {
        await using var town = await StartAsync();
        var (first, second, third) = (await town.TakeAsync("civil"), await town.TakeAsync("civil"), await town.TakeAsync("civil"));
        var counter = await town.OpenAsync(1);

        await CalledAsync(counter, first.Id);
        await counter.Finish(Command.By("clerk1"), "done");
        await CalledAsync(counter, second.Id);
        await counter.NoShow(Command.By("clerk1"));
        await CalledAsync(counter, third.Id);

        Assert.Equal(["finished", "noShow", "called"], await Task.WhenAll(new[] { first, second, third }.Select(t => town.RowStateAsync(t.Id))));
    }

    [Fact]
    public async Task ACounterThatIsPausedOrClosedCallsNobody()
    {
        await using var town = await StartAsync();
        var counter = await town.OpenAsync(1);
        await counter.Pause(Command.By("clerk1"), "lunch");

        var taken = await town.TakeAsync("civil");
        await counter.SomebodyWaits();
        var other = await town.OpenAsync(2);

        // The other one, which is open, has called: had the paused one wanted to, it would have been first.
        await CalledAsync(other, taken.Id);
        Assert.Null((await counter.View()).Active);
        await counter.Open(Command.By("clerk1"), []);
        await counter.Close(Command.By("clerk1"));
        var late = await town.TakeAsync("civil");
        await counter.SomebodyWaits();
        await other.Finish(Command.By("clerk2"), "done");
        await CalledAsync(other, late.Id);
        Assert.Equal(CounterStatus.Closed, (await counter.View()).State);
    }

    [Fact]
    public async Task CountersThatCallByThemselvesNeverCallTheSameTicket()
    {
        await using var town = await StartAsync();
        var counters = new[] { await town.OpenAsync(1), await town.OpenAsync(2) };
        var tickets = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => town.TakeAsync("civil")));

        for (var i = 0; i < 30; i++)
            for (var at = 0; at < 2; at++)
                if ((await counters[at].View()).Active is not null)
                    await counters[at].Finish(Command.By(HallTown.Clerk(at + 1)), "done");
        await Eventually.HoldsAsync(
            async () =>
            {
                for (var at = 0; at < 2; at++)
                    if ((await counters[at].View()).Active is not null)
                        await counters[at].Finish(Command.By(HallTown.Clerk(at + 1)), "done");
                return (await town.TicketRowsAsync()).All(row => row.Text("state") == "finished");
            },
            "every ticket served without a call of a clerk");

        Assert.All(await town.TicketRowsAsync(), row => Assert.Equal(1, row.Integer("calls")));
        Assert.Equal(tickets.Length, (await town.TicketRowsAsync()).Count);
        Assert.Empty((await town.Journal.VerifyAsync()).Faults);
    }

    internal static async Task<TestTown> StartAsync()
    {
        var town = await TestTown.StartAsync();
        await town.Grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Define(Command.By("admin"), HallTown.WithAutoCall(TimeSpan.Zero));
        return town;
    }

    private static async Task<CounterView> CalledAsync(ICounterGrain counter, string ticket)
    {
        CounterView? view = null;
        await Eventually.HoldsAsync(async () => (view = await counter.View()).Active?.Id == ticket, $"the call of {ticket}");
        return view!;
    }
}
