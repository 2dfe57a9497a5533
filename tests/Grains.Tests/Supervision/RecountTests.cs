using OneStop.Domain.Applications;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Records;
using OneStop.Grains.Tests.Applications;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Supervision;

public sealed class RecountTests
{
    private static readonly string[] Departments = ["market", "construction", "environment"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ADepartmentEqualsARecountAfterARandomHistoryAndAfterANewStart(int seed)
    {
        using var file = new TownFile();
        await using (var town = await TestTown.StartAsync(file.Database))
        {
            await RunAsync(town, new Random(seed));
            foreach (var code in Departments)
                await Eventually.HoldsAsync(async () => await ShownAsync(town, code) == await CountedAsync(town, code), $"department {code} equal to its recount");
        }

        await using var after = await TestTown.StartAsync(file.Database);
        foreach (var code in Departments) Assert.Equal(await CountedAsync(after, code), await ShownAsync(after, code));
    }

    [Fact]
    public async Task WhatIsToldTwiceOrOutOfOrderCountsOnce()
    {
        const int Tells = 12;
        var (seen, allSeen) = (0, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        var filter = new CallFilter
        {
            Sees = context =>
            {
                if (CallFilter.Is<IDepartmentGrain>(context, nameof(IDepartmentGrain.Tell)) && ++seen == Tells) allSeen.SetResult(true);
            },
        };
        await using var town = await TestTown.StartAsync(filter: filter);
        var department = town.Grains.GetGrain<IDepartmentGrain>("market");
        var item = TownDefinitions.ShopLicence.Name;
        var now = TimeProvider.System.GetUtcNow();
        CaseContribution[] told =
        [
            new("N1", 1, "market", item, true, Light.Green, null, null, null, []),
            new("N1", 2, "market", item, true, Light.Red, now, null, now, []),
            new("N1", 3, "market", item, false, Light.Red, now, now, null, []),
            new("N2", 5, "market", item, true, Light.Yellow, now, null, now, []),
        ];

        foreach (var contribution in told.Concat(told.Reverse()).Concat(told)) await department.Tell(contribution);

        await Eventually.ComesAsync(allSeen.Task, "all that was told");
        var shown = await department.Contribution();
        Assert.Equal((1, new Lights(0, 0, 1, 0), 2, 1), (shown.Open, shown.Lights, shown.AcceptedToday, shown.CompletedToday));
        Assert.Equal(["N2"], shown.Oldest.Select(c => c.AcceptanceNumber));
    }

    [Fact]
    public async Task WhatWasNeverToldIsMadeGoodByReconciling()
    {
        var lost = false;
        var filter = new CallFilter { Loses = context => lost && CallFilter.Is<IDepartmentGrain>(context, nameof(IDepartmentGrain.Tell)) };
        await using var town = await TestTown.StartAsync(filter: filter);
        var department = town.Grains.GetGrain<IDepartmentGrain>("market");
        var first = await town.AcceptedAsync("N1", TownDefinitions.ShopLicence);
        await Eventually.HoldsAsync(async () => (await department.Contribution()).AcceptedToday == 1, "the first case");

        // One ends and one begins: the lights are the same as before.
        lost = true;
        await first.DoAsync(CaseTown.Handler("market"), new DecideApplication(ApplicationOutcome.Granted, null));
        await town.AcceptedAsync("N2", TownDefinitions.ShopLicence);
        await department.Reconcile();

        var shown = await department.Contribution();
        Assert.Equal((2, 1), (shown.AcceptedToday, shown.CompletedToday));
        Assert.Equal(["N2"], shown.Oldest.Select(c => c.AcceptanceNumber));
    }

    private static async Task RunAsync(TestTown town, Random random)
    {
        for (var step = 0; step < 150; step++)
        {
            var number = "N" + random.Next(25);
            var application = town.Case(number);
            var item = random.Next(2) == 0 ? TownDefinitions.ShopLicence : TownDefinitions.Restaurant;
            Task act = random.Next(8) switch
            {
                0 or 1 => application.Receive(Command.By("public"), Actor.Public, CaseTown.Intake(item.Code)),
                2 or 3 => application.DoAsync(CaseTown.Clerk, new AcceptApplication()),
                4 => application.DoAsync(CaseTown.Handler("market"), new DecideApplication(ApplicationOutcome.Granted, null)),
                5 => application.DoAsync(Actor.Public, new WithdrawApplication()),
                6 => town.Case("P" + number).ReportAsync("P" + number, TimeProvider.System.GetUtcNow().AddDays(-9), TimeProvider.System.GetUtcNow().AddDays(random.Next(-5, 5))),
                _ => application.DoAsync(CaseTown.Handler("market"), new SuspendApplication(SpecialProcedure.Hearing, 3)),
            };
            try
            {
                await act;
            }
            catch (Domain.OneStopException)
            {
                // What the course does not permit now changes nothing.
            }
        }
    }

    private static async Task<(int Open, Lights Lights, int Accepted, int Completed)> ShownAsync(TestTown town, string code)
    {
        var shown = await town.Grains.GetGrain<IDepartmentGrain>(code).Contribution();
        return (shown.Open, shown.Lights, shown.AcceptedToday, shown.CompletedToday);
    }

    private static async Task<(int Open, Lights Lights, int Accepted, int Completed)> CountedAsync(TestTown town, string code)
    {
        var calendar = Domain.Calendars.PublishedCalendars.China();
        var today = calendar.StartOf(calendar.DateOf(TimeProvider.System.GetUtcNow()));
        var start = (today.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var lights = (await CountAsync([new("open", RowOperator.Equal, true)], "light")).Aggregate(
            Lights.None, (sum, count) => sum.Add(Enum.Parse<Light>((string)count.Group[0]!, ignoreCase: true), (int)count.Count));
        return (
            lights.Green + lights.Warning + lights.Yellow + lights.Red,
            lights,
            await SumAsync([new("started_at", RowOperator.GreaterOrEqual, start)]),
            await SumAsync([new("ended_at", RowOperator.GreaterOrEqual, start)]));

        async Task<IEnumerable<RowCount>> CountAsync(RowFilter[] where, params string[] by) => await town.Journal.CountAsync(
            new RowQuery(Tables.Applications) { Where = [new("department", RowOperator.Equal, code), .. where] }, [.. by]);

        async Task<int> SumAsync(RowFilter[] where) => (int)(await CountAsync(where, "department")).Sum(count => count.Count);
    }
}
