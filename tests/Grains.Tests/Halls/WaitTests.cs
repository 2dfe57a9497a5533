using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Halls;

namespace OneStop.Grains.Tests.Halls;

public sealed class WaitTests
{
    [Fact]
    public async Task ATicketCarriesTheEstimateItWasGivenIntoTheRecord()
    {
        await using var town = await TestTown.StartAsync();
        await town.OpenAsync(1);
        for (var i = 0; i < 3; i++) await town.TakeAsync("civil");

        var given = await town.Waits().OfNew("civil", Segment.Ordinary);
        var taken = await town.TakeAsync("civil", estimate: given);

        Assert.True(given is { P50: > 0 } && given.P50 <= given.P90);
        Assert.Equal(given, taken.Wait);
        var row = (await town.TicketRowsAsync()).Single(r => r.Text("id") == taken.Id);
        Assert.Equal((given.P50, given.P90), (row.Integer("estimated_p50"), row.Integer("estimated_p90")));
    }

    [Fact]
    public async Task WhoStandsFurtherBackWaitsLonger()
    {
        await using var town = await TestTown.StartAsync();
        await town.OpenAsync(1);
        var tickets = new List<TicketView>();
        for (var i = 0; i < 12; i++) tickets.Add(await town.TakeAsync("civil"));

        var first = await town.Waits().Of(tickets[0].Id);
        var last = await town.Waits().Of(tickets[^1].Id);

        Assert.True(first!.P50 < last!.P50, $"{first} {last}");
    }

    [Fact]
    public async Task AnEstimateHoldsNeitherAQueueNorACounterUp()
    {
        await using var town = await TestTown.StartAsync();
        var counter = await town.OpenAsync(1);
        for (var i = 0; i < 200; i++) await town.TakeAsync("civil");

        var asked = Enumerable.Range(0, 50).Select(_ => town.Waits().OfNew("civil", Segment.Ordinary)).ToArray();
        var called = await counter.CallNext(Command.By("clerk1"));
        var estimates = await Task.WhenAll(asked);

        Assert.NotNull(called.Ticket);
        Assert.All(estimates, Assert.NotNull);
    }

    [Fact]
    public async Task WhatWasLearnedIsTheSameAfterANewStart()
    {
        using var file = new TownFile();
        HallLearned before;
        await using (var town = await TestTown.StartAsync(file.Database))
        {
            var counter = await town.OpenAsync(1);
            for (var i = 0; i < 4; i++)
            {
                await town.TakeAsync("civil", estimate: new WaitEstimate(60, 120));
                await counter.CallNext(Command.By("clerk1"));
                await counter.Finish(Command.By("clerk1"), "done");
            }

            await Eventually.HoldsAsync(
                async () => (await town.Waits().Learned()).Calibration.Overall.P90Counted == 4, "four calls learned");
            before = await town.Waits().Learned();
        }

        await using var again = await TestTown.StartAsync(file.Database);
        var after = await again.Waits().Learned();

        Assert.Equal(before.Calibration.Overall, after.Calibration.Overall);
        Assert.Equal(before.Services, after.Services);
        Assert.Equal(4, after.Calibration.Services["civil"].UnderP90);
    }
}
