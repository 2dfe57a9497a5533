using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Applications;
using OneStop.Domain.Supervision.Scores;
using OneStop.Domain.Supervision.Statistics;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Records;
using OneStop.Grains.Tests.Applications;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Supervision;

public sealed class PerformanceRowsTests
{
    [Fact]
    public async Task EveryAnswerHasWhatIsDurableByThen()
    {
        await using var town = await TestTown.StartAsync();
        var year = TimeProvider.System.GetUtcNow().AddHours(8).Year;
        var grain = town.Grains.GetGrain<IPerformanceGrain>(IPerformanceGrain.KeyOf(year));

        for (var i = 1; i <= 5; i++)
        {
            await (await town.AcceptedAsync("N" + i, TownDefinitions.ShopLicence)).DoAsync(CaseTown.Handler("market"), new DecideApplication(ApplicationOutcome.Granted, null));

            var line = Assert.Single(await grain.Statistics(StatisticsQuestion.Parse($"{year}-01-01", $"{year}-12-31", "department")));
            Assert.Equal((i, i, i), (line.Figures.Accepted, line.Figures.Completed, line.Figures.OnTime));
        }

        var scored = Assert.Single(await grain.Scores(ScoreSubject.Department, new ScorePeriod(year, null)));
        Assert.Equal((1, "market"), (scored.Rank, scored.Code));
    }

    [Fact]
    public async Task RowsOfOneInstantThatFillPagesAreAllRead()
    {
        await using var town = await TestTown.StartAsync();
        var at = new DateTimeOffset(2024, 3, 1, 10, 0, 0, TimeSpan.FromHours(8));
        var day = new DateOnly(2024, 3, 1);
        var marks = JsonSerializer.Serialize<ImmutableArray<Mark>>([new Accepted(day, "market", "permit", null, null, 0)], JsonSerializerOptions.Web);
        var rows = Enumerable.Range(0, 5_000).Select(i => RowChange.Put(
            Tables.Performance, $"application/X{i}", 1L, at.AddSeconds(i < 4_500 ? 0 : i).ToUnixTimeMilliseconds() * 1_000, (long)day.DayNumber, (long)day.DayNumber, marks));
        foreach (var part in rows.Chunk(500)) await town.Journal.AppendAsync(new AppendRequest { Streams = [], Rows = [.. part] });

        var lines = await town.Grains.GetGrain<IPerformanceGrain>(IPerformanceGrain.KeyOf(2024)).Statistics(StatisticsQuestion.Parse("2024-01-01", "2024-12-31", null));

        Assert.Equal(5_000, Assert.Single(lines).Figures.Accepted);
        Assert.Equal(5_000, (await town.Journal.CountAsync(new RowQuery(Tables.Performance), [])).Single().Count);
    }
}
