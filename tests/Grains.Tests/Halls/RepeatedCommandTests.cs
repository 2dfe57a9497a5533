using OneStop.Domain.Halls;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Halls;

public sealed class RepeatedCommandTests
{
    private const string Clerk = "clerk1";

    [Fact]
    public async Task TheSameCallGivesTheSameTicketAlsoAfterItWasFinished()
    {
        await using var town = await TestTown.StartAsync();
        var taken = await town.TakeAsync("civil");
        await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        var call = Command.Keyed(Clerk, "call-1");

        var first = await counter.CallNext(call);
        var whileBusy = await counter.CallNext(call);
        await counter.Finish(Command.By(Clerk), "done");
        var afterwards = await counter.CallNext(call);

        Assert.Equal(taken.Id, first.Ticket!.Id);
        Assert.Equal(first, whileBusy);
        Assert.Equal(first, afterwards);
        Assert.Null((await counter.View()).Active);
        Assert.Equal(1, (await town.Queue("civil").Contribution()).Count);
    }

    [Fact]
    public async Task AnotherBodyUnderTheSameKeyIsAConflict()
    {
        await using var town = await TestTown.StartAsync();
        var counter = await town.OpenAsync(1);
        var ticket = await town.TakeAsync("civil", info: Command.Keyed("public", "k", "one"));
        await counter.CallNext(Command.Keyed(Clerk, "k", "one"));

        var busy = await Command.RefusalAsync(() => counter.CallNext(Command.Keyed(Clerk, "k", "two")));
        await counter.Finish(Command.By(Clerk), "done");
        var free = await Command.RefusalAsync(() => counter.CallNext(Command.Keyed(Clerk, "k", "two")));
        var taken = await Command.RefusalAsync(() => town.TakeAsync("civil", Segment.Green, Command.Keyed("public", "k", "two")));

        Assert.All([busy, free, taken], code => Assert.Equal("idempotency-conflict", code));
        Assert.Equal([ticket.Id], (await town.TicketRowsAsync()).Select(row => row.Text("id")));
    }

    [Fact]
    public async Task ACallWithNobodyWaitingIsRecordedUnderItsKey()
    {
        await using var town = await TestTown.StartAsync();
        var counter = await town.OpenAsync(1);
        var call = Command.Keyed(Clerk, "call-1");

        var nobody = await counter.CallNext(call);
        await town.TakeAsync("civil");
        var again = await counter.CallNext(call);
        var anew = await counter.CallNext(Command.Keyed(Clerk, "call-2"));

        Assert.Null(nobody.Ticket);
        Assert.Null(again.Ticket);
        Assert.NotNull(anew.Ticket);
    }

    [Fact]
    public async Task TheSameKeyTakesOneTicket()
    {
        await using var town = await TestTown.StartAsync();
        var take = Command.Keyed("public", "kiosk-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => town.TakeAsync("civil", info: take)));

        Assert.Single(answers.Distinct());
        Assert.Single(await town.TicketRowsAsync());
    }

    [Fact]
    public async Task HandingOverTwiceMovesTheTicketOnce()
    {
        await using var town = await TestTown.StartAsync();
        await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        await counter.CallNext(Command.By(Clerk));
        var redirect = Command.Keyed(Clerk, "over");

        var first = await counter.Redirect(redirect, "social", null, null, Command.NewId());
        var again = await counter.Redirect(redirect, "social", null, null, Command.NewId());

        Assert.Equal(first, again);
        Assert.Equal(1, (await town.Queue("social").Contribution()).Count);
    }

    [Fact]
    public async Task AnAppendWhoseAnswerIsLostIsFoundUnderItsKey()
    {
        CutJournal? journal = null;
        await using var town = await TestTown.StartAsync(wrap: inner => journal = new CutJournal(inner));
        var taken = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        var call = Command.Keyed(Clerk, "call-1");
        journal!.Where = request => request.Command?.Id == "call-1" ? Cut.After : Cut.None;

        var refused = await Command.RefusalAsync(() => counter.CallNext(call));
        journal.Where = _ => Cut.None;
        var answer = await counter.CallNext(call);

        Assert.Equal("store-unavailable", refused);
        Assert.Equal(taken.Id, answer.Ticket!.Id);
        Assert.Equal(taken.Id, (await counter.View()).Active!.Id);
    }

    [Fact]
    public async Task ACounterTransfersRightAfterTheStoreFailed()
    {
        CutJournal? journal = null;
        await using var town = await TestTown.StartAsync(wrap: inner => journal = new CutJournal(inner));
        var taken = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        await counter.CallNext(Command.By(Clerk));
        journal!.Where = _ => Cut.Before;
        await Command.RefusalAsync(() => counter.Start(Command.By(Clerk)));
        journal.Where = _ => Cut.None;

        var moved = await counter.Transfer(Command.By(Clerk), null, "c2", null);

        Assert.Equal((taken.Id, TicketState.Waiting), (moved.Id, moved.State));
    }

    [Fact]
    public async Task AnUnforeseenFaultOfTheStoreIsNotBelievedToHaveChangedNothing()
    {
        CutJournal? journal = null;
        await using var town = await TestTown.StartAsync(wrap: inner => journal = new CutJournal(inner));
        var counter = await town.OpenAsync(1);
        journal!.Fault = () => new InvalidOperationException("Cut off by the test.");
        journal.Where = _ => Cut.After;

        await Assert.ThrowsAsync<InvalidOperationException>(() => counter.Pause(Command.By(Clerk), "tea"));
        journal.Where = _ => Cut.None;

        Assert.Equal(CounterStatus.Paused, (await counter.View()).State);
    }

    [Fact]
    public async Task ATicketCalledFromAnotherProcessIsNotCalledAgain()
    {
        CutJournal? journal = null;
        await using var town = await TestTown.StartAsync(wrap: inner => journal = new CutJournal(inner));
        var taken = await town.TakeAsync("civil");
        var counter = await town.OpenAsync(1);
        var stream = (await journal!.ListStreamsAsync("queue/", null, 10)).Single();
        var elsewhere = new AppendRequest
        {
            Streams = [new StreamAppend(stream, 1, [new NewEvent("ticket.cancelled.v1", 1, "public", Cancelled(taken.Id))])],
        };
        await journal.AppendAsync(elsewhere);

        var called = await counter.CallNext(Command.By(Clerk));

        Assert.Null(called.Ticket);
    }

    private static byte[] Cancelled(string id) =>
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { at = DateTimeOffset.UnixEpoch, actor = "public", ticketId = id });
}
