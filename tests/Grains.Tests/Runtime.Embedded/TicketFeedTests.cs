using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Halls;

namespace OneStop.Grains.Tests.Runtime.Embedded;

public sealed class TicketFeedTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));

    // A counter that was busy for less than the time for which changes are gathered was never busy on the board.
    [Fact]
    public void ATicketThatEndsBeforeTheBoardShowedItAtItsCounterIsSeenToEnd()
    {
        using var town = new SimulatedTown(Monday);
        var counter = town.Grains.GetGrain<ICounterGrain>("grand/c1");
        town.Simulation.Run(() => counter.Open(Command.By("clerk1"), []));
        var id = town.Simulation.Run(() => town.Grains.GetGrain<IQueueGrain>("grand/civil").Take(
            Command.By("public"), new TakeTicket(Command.NewId(), "civil", Segment.Ordinary, "zh"), default, null)).Id;
        var ticket = town.Grains.GetGrain<ITicketGrain>(id);
        town.Simulation.Run(() => ticket.Snapshot());
        town.Simulation.Advance(TimeSpan.FromSeconds(5));

        town.Simulation.Run(() => counter.CallNext(Command.By("clerk1")));
        town.Simulation.RunUntilIdle();
        var called = town.Simulation.Run(() => ticket.Version());
        town.Simulation.Run(() => counter.Finish(Command.By("clerk1"), "done"));
        town.Simulation.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(called with { Version = called.Version + 1 }, town.Simulation.Run(() => ticket.Version()));
        Assert.Contains("\"finished\"", town.Simulation.Run(() => ticket.Snapshot()).State, StringComparison.Ordinal);
    }
}
