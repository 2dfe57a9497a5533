using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Supervision.Scores;
using OneStop.Domain.Supervision.Statistics;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Tests.Applications;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>S8 and S9 over random histories of real cases under virtual time: what is kept up is what the record's events count up to.</summary>
public sealed class PerformanceTests
{
    private static readonly DateTimeOffset Start = new(2025, 12, 15, 10, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WhatIsKeptUpEqualsARecountOfTheEventsAlsoAfterANewStart(int seed)
    {
        using var town = new SimulatedTown(Start);
        var random = new Random(seed);
        for (var day = 0; day < 40; day++)
        {
            for (var act = 0; act < 6; act++) town.Simulation.Run(() => ActAsync(town, random));
            town.Simulation.AdvanceTo(town.Simulation.Clock.GetUtcNow().AddHours(random.Next(20, 60)));
            // Asked now and then only, so that the ledger has to go on from where it looked last.
            if (day % 7 == 0) Assert.Equal(Recounted(town), Kept(town));
        }

        var (kept, recounted) = (Kept(town), Recounted(town));
        town.Stop();
        town.Start();

        Assert.Equal(recounted, kept);
        Assert.Equal(recounted, Kept(town));
    }

    [Fact]
    public void ACardThatALaterFactTakesBackGivesItsPointsBack()
    {
        using var town = new SimulatedTown(Start);
        town.Accept("N1");
        town.Simulation.AdvanceTo(Start.AddDays(11));
        var fallen = ScoreOf(town);

        town.Simulation.Run(() => town.Case("N1").DoAsync(
            CaseTown.Handler("market"), new RecordSuspension(SpecialProcedure.Testing, 9, Start.AddDays(1), Start.AddDays(10))));

        // Promised 7 of 20 working days: 65% below the law's limit brings 6 points; the yellow card of 12-25 cost 5.
        Assert.Equal((101m, 106m), (fallen, ScoreOf(town)));
    }

    private static decimal ScoreOf(SimulatedTown town) =>
        Assert.Single(town.Simulation.Run(() => Grain(town, 2025).Scores(ScoreSubject.Department, new ScorePeriod(2025, 12)))).Score;

    private static string Kept(SimulatedTown town) => town.Simulation.Run(async () =>
    {
        var shown = new List<object>();
        foreach (var year in new[] { 2025, 2026 })
        {
            foreach (var question in Questions(year)) shown.Add(await Grain(town, year).Statistics(question));
            foreach (var of in Enum.GetValues<ScoreSubject>()) shown.Add(await Grain(town, year).Totals(of, new ScorePeriod(year, null)));
        }

        return Text(shown);
    });

    // From the events alone: neither rows nor anything that a grain remembers.
    private static string Recounted(SimulatedTown town) => town.Simulation.Run(async () =>
    {
        var (definitions, shown) = (new Definitions(), new List<object>());
        await definitions.ReadAsync(town.Journal);
        var streams = await town.Journal.ListStreamsAsync("application/", null, 1_000);
        foreach (var year in new[] { 2025, 2026 })
        {
            var ledger = new PerformanceLedger(year);
            foreach (var stream in streams)
            {
                var content = await town.Journal.ReadAsync(stream, withSnapshot: false);
                var state = content.Events.Aggregate(ApplicationState.Initial, (known, stored) => known.Evolve(Decoded(stored)));
                var calendar = definitions.Calendar(state.Item!.Calendar, state.CalendarVersion);
                ledger.Apply(stream, content.Head, CaseMarks.Of(state, ApplicationClocks.Of(state), calendar));
            }

            foreach (var question in Questions(year)) shown.Add(StatisticsTable.Of(ledger, question, definitions.Town!));
            foreach (var of in Enum.GetValues<ScoreSubject>()) shown.Add(Ranking.Totals(ledger, of, new ScorePeriod(year, null), []));
        }

        return Text(shown);
    });

    private static StatisticsQuestion[] Questions(int year) =>
        [.. new[] { "department,item,day", "post,day" }.Select(by => StatisticsQuestion.Parse($"{year}-01-01", $"{year}-12-31", by))];

    private static IPerformanceGrain Grain(SimulatedTown town, int year) => town.Grains.GetGrain<IPerformanceGrain>(IPerformanceGrain.KeyOf(year));

    private static ApplicationEvent Decoded(StoredEvent stored) => (ApplicationEvent)JsonSerializer.Deserialize(
        stored.Data,
        typeof(ApplicationEvent).Assembly.GetTypes().Single(type => type.GetCustomAttribute<EventTypeAttribute>()?.FullName == stored.Type),
        JsonSerializerOptions.Web)!;

    private static string Text(List<object> shown) => string.Join('\n', shown.Select(part => part is ImmutableDictionary<string, decimal> totals
        ? string.Join(' ', totals.OrderBy(t => t.Key, StringComparer.Ordinal))
        : JsonSerializer.Serialize(part)));

    private static async Task ActAsync(SimulatedTown town, Random random)
    {
        var number = "N" + random.Next(30);
        var application = town.Case(number);
        var now = town.Simulation.Clock.GetUtcNow();
        var step = TownDefinitions.Restaurant.Steps[random.Next(4)];
        Task act = random.Next(12) switch
        {
            0 or 1 or 2 => application.Receive(Command.By("public"), Actor.Public, CaseTown.Intake(random.Next(2) == 0 ? "shop-licence" : "restaurant-opening")),
            3 or 4 or 5 => application.DoAsync(CaseTown.Clerk, new AcceptApplication()),
            6 => application.DoAsync(CaseTown.Handler("market"), new DecideApplication(ApplicationOutcome.Granted, null)),
            7 => application.DoAsync(Actor.Public, new WithdrawApplication()),
            8 => town.Case("P" + number).ReportAsync("P" + number, now.AddDays(-9), now.AddDays(random.Next(-5, 5))),
            9 => application.DoAsync(CaseTown.Handler("market"), new RecordSuspension(SpecialProcedure.Testing, 3, now.AddDays(-random.Next(2, 12)), now.AddHours(-1))),
            _ => application.DoAsync(CaseTown.Head(step.Department), new CompleteStep(step.Id, StepOutcome.Approved, "o")),
        };
        try
        {
            await act;
        }
        catch (OneStopException)
        {
            // What the course does not permit now changes nothing.
        }
    }
}
