using System.Text.Json.Nodes;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Halls;

namespace OneStop.Grains.Tests.Runtime.Embedded.KnownFailures;

/// <summary>What is known to go wrong with other queue systems and takes hours or days; under virtual time. The rest of the list is in Web.Tests.</summary>
public sealed class KnownFailuresOverDaysTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void AnOrdinaryVisitorIsNotStarvedByPriority()
    {
        // A visitor of the green channel comes every minute and each takes three: there is always one waiting.
        using var town = new SimulatedTown(Monday);
        var ordinary = Take(town, Segment.Ordinary);
        town.Simulation.Run(() => Counter(town).Open(Command.By("clerk1"), []));
        var waited = TimeSpan.MaxValue;

        for (var minute = 0; minute < 180 && waited == TimeSpan.MaxValue; minute++)
        {
            Take(town, Segment.Green);
            if (minute % 3 == 0 && Serve(town) == ordinary) waited = TimeSpan.FromMinutes(minute);
            town.Simulation.AdvanceTo(Monday.AddMinutes(minute + 1));
        }

        // Only who was taken within the head start can go before: at most fifteen, three minutes each (ARCHITECTURE.md, the longest wait).
        var bound = CallPolicy.Default.GreenHeadStart * 3 + TimeSpan.FromMinutes(3);
        Assert.True(waited <= bound, $"Waited {waited}, at most {bound} is promised.");
        Assert.True(waited >= CallPolicy.Default.GreenHeadStart, $"Waited only {waited}: nobody had priority.");
    }

    [Fact]
    public void AHallThatNobodyEntersForTwoDaysShowsTheTrueStateAfterwards()
    {
        using var town = new SimulatedTown(Monday);
        var yesterday = Take(town, Segment.Ordinary);
        town.Simulation.Run(() => Counter(town).Open(Command.By("clerk1"), []));
        Assert.Equal(yesterday, town.Simulation.Run(() => Counter(town).CallNext(Command.By("clerk1"))).Ticket!.Id);
        Assert.Single(Board(town)["called"]!.AsArray());

        town.Simulation.AdvanceTo(Monday.AddDays(2));
        var idle = Board(town);
        Take(town, Segment.Ordinary);
        town.Simulation.Run(() => Counter(town).Open(Command.By("clerk1"), []));
        var number = town.Simulation.Run(() => Counter(town).CallNext(Command.By("clerk1"))).Ticket!.Number;
        var busy = Board(town);

        Assert.Empty(idle["called"]!.AsArray());
        Assert.Equal("closed", idle["counters"]!.AsArray().Single(c => (string)c!["id"]! == "c1")!["state"]!.GetValue<string>());
        Assert.Equal(number, busy["called"]!.AsArray().Single()!["number"]!.GetValue<string>());
        Assert.Equal("A001", number);
    }

    private static string Take(SimulatedTown town, Segment segment) => town.Simulation.Run(() =>
        town.Grains.GetGrain<IQueueGrain>($"{TownDefinitions.Hall}/civil").Take(Command.By("public"), new TakeTicket(Command.NewId(), "civil", segment, "zh"), default, null)).Id;

    private static string? Serve(SimulatedTown town) => town.Simulation.Run(async () =>
    {
        if ((await Counter(town).View()).Active is not null) await Counter(town).Finish(Command.By("clerk1"), "done");
        return (await Counter(town).CallNext(Command.By("clerk1"))).Ticket?.Id;
    });

    private static ICounterGrain Counter(SimulatedTown town) => town.Grains.GetGrain<ICounterGrain>($"{TownDefinitions.Hall}/c1");

    private static JsonNode Board(SimulatedTown town) =>
        JsonNode.Parse(town.Simulation.Run(() => town.Grains.GetGrain<IHallGrain>(TownDefinitions.Hall).Snapshot()).State)!;
}
