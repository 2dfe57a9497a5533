using OneStop.Domain.Halls;

namespace OneStop.Grains.Tests.Halls;

public sealed class HandOffTests
{
    private const string Clerk = "clerk1";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACallKilledInTheMiddleHappenedAtQueueAndCounterOrAtNeither(bool durable)
    {
        using var file = new TownFile();
        var (taken, _) = await KilledAsync(file, durable, async town =>
        {
            var ticket = await town.TakeAsync("civil");
            await town.OpenAsync(1);
            return ticket.Id;
        }, town => town.Counter(1).CallNext(Command.Keyed(Clerk, "cut")));

        await using var after = await TestTown.StartAsync(file.Database);
        var active = (await after.Counter(1).View()).Active?.Id;
        var waiting = await after.Queue("civil").Position(taken);

        Assert.Equal(durable ? taken : null, active);
        Assert.Equal(durable, waiting is null);
        Assert.Equal(durable ? "called" : "waiting", await after.RowStateAsync(taken));
        Assert.Equal(taken, (await after.Counter(1).CallNext(Command.Keyed(Clerk, "cut"))).Ticket!.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ATransferKilledInTheMiddleHappenedAtCounterAndQueueOrAtNeither(bool durable)
    {
        using var file = new TownFile();
        var (taken, _) = await KilledAsync(file, durable, async town =>
        {
            var ticket = await town.TakeAsync("civil");
            var counter = await town.OpenAsync(1);
            await counter.CallNext(Command.By(Clerk));
            return ticket.Id;
        }, town => town.Counter(1).Transfer(Command.Keyed(Clerk, "cut"), "social", null, null));

        await using var after = await TestTown.StartAsync(file.Database);
        var active = (await after.Counter(1).View()).Active?.Id;
        var waiting = await after.Queue("social").Position(taken);

        Assert.Equal(durable ? null : taken, active);
        Assert.Equal(durable, waiting is not null);
        Assert.Equal(durable ? "waiting" : "called", await after.RowStateAsync(taken));
        Assert.Equal(TicketState.Waiting, (await after.Counter(1).Transfer(Command.Keyed(Clerk, "cut"), "social", null, null)).State);
    }

    private static async Task<(string Ticket, string Refusal)> KilledAsync(
        TownFile file, bool durable, Func<TestTown, Task<string>> prepare, Func<TestTown, Task> act)
    {
        CutJournal? journal = null;
        await using var town = await TestTown.StartAsync(file.Database, inner => journal = new CutJournal(inner));
        var ticket = await prepare(town);
        journal!.Where = request => request.Command?.Id == "cut" ? (durable ? Cut.After : Cut.Before) : Cut.None;
        return (ticket, await Command.RefusalAsync(() => act(town)));
    }
}
