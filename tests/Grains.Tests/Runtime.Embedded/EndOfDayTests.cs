using OneStop.Domain.Halls;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>The end of a hall's day under virtual time: every ticket is accounted for, whatever was going on.</summary>
public sealed class EndOfDayTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Midnight = new(2026, 3, 3, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void AtTheEndOfTheDayEveryTicketHasComeToAnEnd()
    {
        using var town = new SimulatedTown(Monday);
        LeaveSomethingEverywhere(town);

        town.Simulation.AdvanceTo(Midnight.AddTicks(-1));
        var before = Rows(town).Count(row => row.IntegerOrNull("ended_at") is null);
        town.Simulation.AdvanceTo(Midnight);

        Assert.Equal(4, before);
        AssertAccountedFor(town);
    }

    [Fact]
    public void ADayThatEndedWhileTheHallWasDownIsEndedAtTheNextStart()
    {
        using var town = new SimulatedTown(Monday);
        LeaveSomethingEverywhere(town);
        town.Stop();
        town.Simulation.AdvanceTo(Midnight.AddDays(1).AddHours(9));
        town.Start();

        town.Simulation.Run(() => Task.WhenAll(Enumerable.Range(0, IDeadlineGrain.Shards)
            .Select(shard => town.Grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard)).Look())));

        AssertAccountedFor(town);
        var next = town.Simulation.Run(() => Queue(town).Take(Command.By("public"), new TakeTicket(Command.NewId(), "civil", Segment.Ordinary, "zh"), default, null));
        Assert.Equal("A001", next.Number);
    }

    [Fact]
    public void ADayEndsOnce()
    {
        using var town = new SimulatedTown(Monday);
        LeaveSomethingEverywhere(town);
        town.Simulation.AdvanceTo(Midnight);
        var heads = Heads(town);

        town.Simulation.Run(() => Task.WhenAll(Queue(town).WakeUp(Midnight), Counter(town).WakeUp(Midnight), Queue(town).WakeUp(Midnight)));
        town.Simulation.AdvanceTo(Midnight.AddDays(3));

        Assert.Equal(heads, Heads(town));
    }

    private static void LeaveSomethingEverywhere(SimulatedTown town) => town.Simulation.Run(async () =>
    {
        for (var i = 0; i < 4; i++)
            await Queue(town).Take(Command.By("public"), new TakeTicket(Command.NewId(), "civil", Segment.Ordinary, "zh"), default, null);
        await Counter(town).Open(Command.By("clerk1"), []);
        await Counter(town).CallNext(Command.By("clerk1"));
        await Counter(town).Hold(Command.By("clerk1"));
        await Counter(town).CallNext(Command.By("clerk1"));
    });

    private static void AssertAccountedFor(SimulatedTown town)
    {
        var rows = Rows(town);
        Assert.Equal(
            [("A001", "finished", TicketOutcome.DayEnded), ("A002", "noShow", TicketOutcome.DayEnded), ("A003", "cancelled", TicketOutcome.Lapsed), ("A004", "cancelled", TicketOutcome.Lapsed)],
            rows.Select(row => (row.Text("number"), row.Text("state"), row.TextOrNull("outcome")!)));
        Assert.All(rows, row => Assert.NotNull(row.IntegerOrNull("ended_at")));
        Assert.Equal(CounterStatus.Closed, town.Simulation.Run(() => Counter(town).View()).State);
    }

    private static IReadOnlyList<Row> Rows(SimulatedTown town) => town.Simulation.Run(async () =>
        (IReadOnlyList<Row>)[.. (await town.Journal.QueryAsync(new RowQuery(Tables.Tickets))).Where(row => row.Text("day") == "2026-03-02").OrderBy(row => row.Text("number"))]);

    private static long Heads(SimulatedTown town) => town.Simulation.Run(async () =>
        (await town.Journal.ReadAsync($"queue/{TownDefinitions.Hall}/civil/2026-03-02")).Head
        + (await town.Journal.ReadAsync($"counter/{TownDefinitions.Hall}/c1/2026-03-02")).Head);

    private static IQueueGrain Queue(SimulatedTown town) => town.Grains.GetGrain<IQueueGrain>($"{TownDefinitions.Hall}/civil");

    private static ICounterGrain Counter(SimulatedTown town) => town.Grains.GetGrain<ICounterGrain>($"{TownDefinitions.Hall}/c1");
}
