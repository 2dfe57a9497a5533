using OneStop.Domain.Supervision;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Tests.Applications;

namespace OneStop.Grains.Tests.Deadlines;

public sealed class DueWakeUpTests
{
    private static readonly DateTimeOffset Due = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task AWakeUpThatWasDueBeforeTheStartIsDeliveredByALook()
    {
        using var file = new TownFile();
        await using (var before = await TestTown.StartAsync(file.Database, filter: Deaf()))
        {
            await before.Case("P1").ReportAsync("P1", Due.AddDays(-10), Due);
        }

        await using var town = await TestTown.StartAsync(file.Database);

        await ShardOf(town, "P1").Look();

        var card = Assert.Single(await CardsAsync(town));
        Assert.Equal((CardLevel.Red, Due), (card.Level, card.IssuedAt));
        // What is left is the time in which the department may explain the card.
        var left = Assert.Single(await town.Journal.ReadWakeUpsAsync(DeadlineGrain.ShardOf("application/P1"), long.MaxValue, 10));
        Assert.True(left.DueAt > (card.RecordedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
    }

    [Fact]
    public async Task AWakeUpDeliveredTwiceIsEffectedOnce()
    {
        await using var town = await TestTown.StartAsync(filter: Deaf());
        var application = town.Case("P1");
        await application.ReportAsync("P1", Due.AddDays(-10), Due);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => application.WakeUp(Due)));
        var record = await town.RecordAsync("P1");
        await application.WakeUp(Due);

        Assert.Single(await CardsAsync(town));
        Assert.Equal(record, await town.RecordAsync("P1"));
    }

    [Fact]
    public async Task AWakeUpForACaseThatNeverWasHasNoEffect()
    {
        await using var town = await TestTown.StartAsync();

        await town.Case("P1").WakeUp(Due);

        Assert.Equal("0\n", await town.RecordAsync("P1"));
    }

    // Nothing is told to the clock, so that only what a test does wakes a case.
    private static CallFilter Deaf() => new()
    {
        Loses = context => CallFilter.Is<IDeadlineGrain>(context, nameof(IDeadlineGrain.Tell)) || CallFilter.Is<IDeadlineGrain>(context, nameof(IDeadlineGrain.Look)),
    };

    private static IDeadlineGrain ShardOf(TestTown town, string number) =>
        town.Grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(DeadlineGrain.ShardOf("application/" + number)));

    private static async Task<IEnumerable<CardRecord>> CardsAsync(TestTown town) =>
        await town.Grains.GetGrain<IRecordsGrain>(IRecordsGrain.Key).Cards(new CardQuestion(null, null, null, null, 100));
}
