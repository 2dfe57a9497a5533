using OneStop.Domain.Halls;

namespace OneStop.Grains.Tests.Halls;

/// <summary>The pool <c>desk</c> has counters 2 and 4; counter 1 and 5 serve the same services and are outside of it.</summary>
public sealed class PoolTests
{
    [Fact]
    public async Task ATicketHandedToAPoolIsCalledByItsCountersOnly()
    {
        await using var town = await AutoCallTests.StartAsync();
        var moved = await town.TakeAsync("civil");
        var from = await town.OpenAsync(5);
        await from.CallNext(Command.By("clerk5"));

        var transferred = await from.Transfer(Command.By("clerk5"), null, null, "desk");
        var outside = await (await town.OpenAsync(6)).CallNext(Command.By("clerk6"));
        var refused = await Command.RefusalAsync(() => town.Counter(6).CallNamed(Command.By("clerk6"), moved.Id));
        var inside = await (await town.OpenAsync(4)).CallNext(Command.By("clerk4"));

        Assert.Equal((moved.Number, TicketState.Waiting), (transferred.Number, transferred.State));
        Assert.Null(outside.Ticket);
        Assert.Equal("wrong-state", refused);
        Assert.Equal(moved.Id, inside.Ticket!.Id);
    }

    [Fact]
    public async Task ARedirectToAPoolGivesANewTicketForItsCounters()
    {
        await using var town = await AutoCallTests.StartAsync();
        var first = await town.TakeAsync("civil");
        var from = await town.OpenAsync(5);
        await from.CallNext(Command.By("clerk5"));

        var next = await from.Redirect(Command.By("clerk5"), "social", null, "desk", Command.NewId());
        var outside = await (await town.OpenAsync(3)).CallNext(Command.By("clerk3"));
        var inside = await (await town.OpenAsync(4)).CallNext(Command.By("clerk4"));

        Assert.NotEqual(first.Id, next.Id);
        Assert.Null(outside.Ticket);
        Assert.Equal(next.Id, inside.Ticket!.Id);
        Assert.Equal(first.Id, (await town.TicketRowsAsync()).Single(row => row.Text("id") == next.Id).TextOrNull("previous"));
    }

    [Fact]
    public async Task APoolThatIsNoneOrServesSomethingElseIsRefused()
    {
        await using var town = await AutoCallTests.StartAsync();
        await town.TakeAsync("civil");
        var from = await town.OpenAsync(5);
        await from.CallNext(Command.By("clerk5"));
        var heads = await town.HeadsAsync();

        Assert.Equal("unknown-pool", await Command.RefusalAsync(() => from.Transfer(Command.By("clerk5"), null, null, "none")));
        Assert.Equal("unknown-service", await Command.RefusalAsync(() => from.Transfer(Command.By("clerk5"), "market", null, "civil-only")));
        Assert.Equal("validation", await Command.RefusalAsync(() => from.Transfer(Command.By("clerk5"), null, "c2", "desk")));

        Assert.Equal(heads, await town.HeadsAsync());
    }
}
