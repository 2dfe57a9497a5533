using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Catalogue;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Tests.Halls;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>Counters that call by themselves, under virtual time.</summary>
public sealed class AutoCallClockTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    [Fact]
    public void BetweenTwoVisitorsThereIsThePauseAndNotMore()
    {
        using var town = Start();
        var (first, second) = (Take(town), Take(town));
        town.Simulation.Run(() => Counter(town, 1).Open(Command.By("clerk1"), []));
        town.Simulation.AdvanceTo(Monday + Pause);
        Assert.Equal(first, Active(town, 1));
        town.Simulation.Run(() => Counter(town, 1).Finish(Command.By("clerk1"), "done"));

        town.Simulation.AdvanceTo(Monday + (Pause * 2) - TimeSpan.FromMilliseconds(1));
        var before = Active(town, 1);
        town.Simulation.AdvanceTo(Monday + (Pause * 2));

        Assert.Null(before);
        Assert.Equal(second, Active(town, 1));
    }

    [Fact]
    public void APauseOfTheClerkEndsTheWaitForTheNextCall()
    {
        using var town = Start();
        Take(town);
        town.Simulation.Run(() => Counter(town, 1).Open(Command.By("clerk1"), []));
        town.Simulation.Run(() => Counter(town, 1).Pause(Command.By("clerk1"), "lunch"));

        town.Simulation.AdvanceTo(Monday + TimeSpan.FromMinutes(5));

        Assert.Null(Active(town, 1));
    }

    [Fact]
    public void ACounterThatHelpsOutCallsWhenTheWaitHasBecomeLongEnough()
    {
        using var town = Start();
        town.Simulation.Run(() => Counter(town, 3).Open(Command.By("clerk3"), []));
        var taken = Take(town);

        town.Simulation.AdvanceTo(Monday + TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        var before = Active(town, 3);
        town.Simulation.AdvanceTo(Monday + TimeSpan.FromMinutes(10));

        Assert.Null(before);
        Assert.Equal(taken, Active(town, 3));
    }

    private static SimulatedTown Start()
    {
        var town = new SimulatedTown(Monday);
        town.Simulation.Run(() => town.Grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Define(Command.By("admin"), HallTown.WithAutoCall(Pause)));
        return town;
    }

    private static string Take(SimulatedTown town) => town.Simulation.Run(() =>
        town.Grains.GetGrain<IQueueGrain>($"{TownDefinitions.Hall}/civil").Take(Command.By("public"), new TakeTicket(Command.NewId(), "civil", Segment.Ordinary, "zh"), default, null)).Id;

    private static ICounterGrain Counter(SimulatedTown town, int number) => town.Grains.GetGrain<ICounterGrain>($"{TownDefinitions.Hall}/c{number}");

    private static string? Active(SimulatedTown town, int number) => town.Simulation.Run(() => Counter(town, number).View()).Active?.Id;
}
