using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Halls;

namespace OneStop.Grains.Tests.Halls;

public sealed class CounterTests
{
    private const string One = "clerk1";
    private const string Two = "clerk2";

    [Fact]
    public async Task ATicketIsCalledRecalledServedAndFinished()
    {
        await using var town = await TestTown.StartAsync();
        var taken = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);

        var called = await counter.CallNext(Command.By(One));
        var recalled = await counter.Recall(Command.By(One));
        var started = await counter.Start(Command.By(One));
        var finished = await counter.Finish(Command.By(One), "done");

        Assert.Equal("A001", taken.Number);
        Assert.Equal((taken.Id, TicketState.Called, "c1"), (called.Ticket!.Id, called.Ticket.State, called.Ticket.Counter));
        Assert.Equal(
            [TicketState.Called, TicketState.Serving, TicketState.Finished],
            new[] { recalled, started, finished }.Select(ticket => ticket.State));
        Assert.Equal(TicketState.Finished, (await town.Ticket(taken.Id).View()).State);
        Assert.Equal("finished", await town.RowStateAsync(taken.Id));
        Assert.Null((await counter.View()).Active);
    }

    [Fact]
    public async Task TheAnswerSaysWhyThisTicketWasCalled()
    {
        await using var town = await TestTown.StartAsync();
        var first = await town.TakeAsync("civil");
        var green = await town.TakeAsync("civil", Segment.Green);
        var counter = await town.OpenAsync(1);

        var headStart = await counter.CallNext(Command.By(One));
        await counter.Finish(Command.By(One), "done");
        var longest = await counter.CallNext(Command.By(One));

        Assert.Equal((green.Id, CallRule.HeadStart), (headStart.Ticket!.Id, headStart.Why!.Rule));
        Assert.Contains(first.Number, headStart.Why.Text.En, StringComparison.Ordinal);
        Assert.Equal((first.Id, CallRule.LongestWait), (longest.Ticket!.Id, longest.Why!.Rule));
    }

    [Fact]
    public async Task AVisitorWhoDidNotComeLeavesTheCounterFree()
    {
        await using var town = await TestTown.StartAsync();
        var taken = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        await counter.CallNext(Command.By(One));

        var ticket = await counter.NoShow(Command.By(One));

        Assert.Equal((taken.Id, TicketState.NoShow), (ticket.Id, ticket.State));
        Assert.Equal("noShow", await town.RowStateAsync(taken.Id));
        Assert.Null((await counter.CallNext(Command.By(One))).Ticket);
    }

    [Fact]
    public async Task AHeldTicketWaitsAtItsCounterAndIsTakenUpAgain()
    {
        await using var town = await TestTown.StartAsync();
        var first = await town.TakeAsync("civil");
        var second = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        await counter.CallNext(Command.By(One));

        await counter.Hold(Command.By(One));
        var next = await counter.CallNext(Command.By(One));
        var busy = await Command.RefusalAsync(() => counter.Resume(Command.By(One), first.Id));
        await counter.Finish(Command.By(One), "done");
        var resumed = await counter.Resume(Command.By(One), first.Id);

        Assert.Equal(second.Id, next.Ticket!.Id);
        Assert.Equal("counter-busy", busy);
        Assert.Equal((first.Id, TicketState.Serving), (resumed.Id, resumed.State));
        Assert.Empty((await counter.View()).Held);
    }

    [Fact]
    public async Task ATransferToAServiceKeepsTheNumberAndTheAge()
    {
        await using var town = await TestTown.StartAsync();
        var moved = await town.TakeAsync("civil");
        await town.TakeAsync("social");
        var from = await town.OpenAsync(1);
        var to = await town.OpenAsync(3);
        await from.CallNext(Command.By(One));

        var transferred = await from.Transfer(Command.By(One), "social", null, null);
        var called = await to.CallNext(Command.By("clerk3"));

        Assert.Equal((moved.Number, TicketState.Waiting, "social"), (transferred.Number, transferred.State, transferred.Service));
        Assert.Equal(moved.Id, called.Ticket!.Id);
    }

    [Fact]
    public async Task ATransferToACounterIsCalledThereOnly()
    {
        await using var town = await TestTown.StartAsync();
        var moved = await town.TakeAsync("civil");
        var from = await town.OpenAsync(1);
        var other = await town.OpenAsync(4);
        var to = await town.OpenAsync(2);
        await from.CallNext(Command.By(One));

        await from.Transfer(Command.By(One), null, "c2", null);
        var elsewhere = await other.CallNext(Command.By("clerk4"));
        var called = await to.CallNext(Command.By(Two));

        Assert.Null(elsewhere.Ticket);
        Assert.Equal(moved.Id, called.Ticket!.Id);
    }

    [Fact]
    public async Task ARedirectEndsTheTicketAndTakesANewOne()
    {
        await using var town = await TestTown.StartAsync();
        var old = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        await counter.CallNext(Command.By(One));

        var fresh = await counter.Redirect(Command.By(One), "social", null, null, Command.NewId());

        Assert.Equal(("B001", TicketState.Waiting), (fresh.Number, fresh.State));
        Assert.Equal(TicketState.Redirected, (await town.Ticket(old.Id).View()).State);
        Assert.Equal(old.Id, (await town.TicketRowsAsync()).Single(row => row.Text("id") == fresh.Id).Text("previous"));
    }

    [Fact]
    public async Task ATicketMayBeCalledByName()
    {
        await using var town = await TestTown.StartAsync();
        await town.TakeAsync("civil");
        var wanted = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);

        var called = await counter.CallNamed(Command.By(One), wanted.Id);

        Assert.Equal((wanted.Id, CallRule.Named), (called.Ticket!.Id, called.Why!.Rule));
    }

    [Fact]
    public async Task TheFirstActAfterAStartMayBeACallByName()
    {
        using var file = new TownFile();
        TicketView waiting;
        await using (var before = await TestTown.StartAsync(file.Database))
        {
            waiting = await before.TakeAsync("civil");
            await before.OpenAsync(1);
        }

        await using var town = await TestTown.StartAsync(file.Database);

        var called = await town.Counter(1).CallNamed(Command.By(One), waiting.Id);

        Assert.Equal(waiting.Id, called.Ticket!.Id);
    }

    [Fact]
    public async Task AClerkAtTwoCountersHasOneActiveTicket()
    {
        await using var town = await TestTown.StartAsync();
        await town.TakeAsync("civil");
        var waiting = await town.TakeAsync("civil");
        var first = await town.OpenAsync(1, "both");
        var second = await town.OpenAsync(2, "both");
        await first.CallNext(Command.By("both"));

        var refused = await Command.RefusalAsync(() => second.CallNext(Command.By("both")));
        await first.Finish(Command.By("both"), "done");
        var called = await second.CallNext(Command.By("both"));

        Assert.Equal("counter-busy", refused);
        Assert.Equal(waiting.Id, called.Ticket!.Id);
    }

    [Fact]
    public async Task ACounterWithATicketIsNotClosed()
    {
        await using var town = await TestTown.StartAsync();
        await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        await counter.CallNext(Command.By(One));

        var active = await Command.RefusalAsync(() => counter.Close(Command.By(One)));
        await counter.Hold(Command.By(One));
        var held = await Command.RefusalAsync(() => counter.Close(Command.By(One)));

        Assert.Equal(("counter-busy", "wrong-state"), (active, held));
        Assert.Equal(CounterStatus.Open, (await counter.View()).State);
    }

    [Fact]
    public async Task ACancelledTicketIsNotCalledAndARepeatedCancelIsAnsweredAlike()
    {
        await using var town = await TestTown.StartAsync();
        var taken = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        var cancel = Command.Keyed("public", "k1");

        var first = await town.Ticket(taken.Id).Cancel(cancel);
        var again = await town.Ticket(taken.Id).Cancel(cancel);

        Assert.Equal(TicketState.Cancelled, first.State);
        Assert.Equal(first, again);
        Assert.Null((await counter.CallNext(Command.By(One))).Ticket);
    }
}
