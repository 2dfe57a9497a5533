using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Rollouts;
using OneStop.Domain.Supervision;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Rollouts;
using OneStop.Grains.Tests.Applications;

namespace OneStop.Grains.Tests.Rollouts;

/// <summary>A11: a changed calendar comes to every running case, and is tried out before.</summary>
public sealed class ReplanTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task ADeclaredDayMovesEveryRunningCaseAndStandsInItsRecord()
    {
        await using var town = await TestTown.StartAsync();
        var numbers = await town.AcceptedAsync(40);
        await town.Case("N0001").DoAsync(CaseTown.Clerk, new WithdrawApplication());
        var closed = await town.RecordAsync("N0001");
        var before = await town.Case("N0002").Deadlines();
        var wakeUp = await WakeUpAsync(town, "N0002");

        var answer = await town.Grains.Catalogue().Change(Command.By("admin"), Rollout.Off(Rollout.Workday(2, Now)));
        var view = await town.Grains.GoneThroughAsync(answer.Rollout!);

        Assert.Equal((2, 39L, 39, 39), (answer.Version, view.Of, view.Figures.Cases, view.Figures.Moved));
        foreach (var number in numbers.Skip(1)) Assert.Equal(1, await town.Case(number).ReplannedAsync());
        Assert.Equal(closed, await town.RecordAsync("N0001"));
        var after = await town.Case("N0002").Deadlines();
        Assert.All(before.Zip(after).Where(pair => pair.First.StoppedAt is null), pair => Assert.True(pair.Second.DueAt > pair.First.DueAt));
        Assert.True(await WakeUpAsync(town, "N0002") > wakeUp);
        var told = await town.Grains.GetGrain<IRolloutGrain>(answer.Rollout!).Cases(null, 500);
        var change = told.Single(c => c.AcceptanceNumber == "N0002").Deadlines.Single(c => c.Clock == ClockKind.Committed);
        Assert.Equal((Due(before), Due(after)), (change.Before, change.After));
    }

    [Fact]
    public async Task TheReverseOfAChangeRestoresEveryDeadline()
    {
        await using var town = await TestTown.StartAsync();
        await town.AcceptedAsync(3);
        var before = Due(await town.Case("N0001").Deadlines());
        var day = Rollout.Workday(3, Now);

        foreach (var change in (CalendarChange[])[Rollout.Off(day), Rollout.Worked(day)])
            await town.Grains.GoneThroughAsync((await town.Grains.Catalogue().Change(Command.By("admin"), change)).Rollout!);

        Assert.Equal(before, Due(await town.Case("N0001").Deadlines()));
        Assert.Equal(2, await town.Case("N0001").ReplannedAsync());
    }

    [Fact]
    public async Task ATrialSaysWhatTheChangeThenDoesAndChangesNothing()
    {
        await using var town = await TestTown.StartAsync();
        await town.AcceptedAsync(12);
        var change = Rollout.Off(Rollout.Workday(2, Now), Rollout.Workday(4, Now));
        var records = await RecordsAsync(town, 12);
        var proposed = await town.Grains.Catalogue().Propose(change);

        var trial = town.Grains.GetGrain<IRolloutGrain>("trial");
        await trial.Start(Command.By("admin"), new RolloutPlan(RolloutKind.Calendar, "cn", 2, proposed.Definitions, DryRun: true) { Proposed = proposed.Calendar });
        var tried = await town.Grains.GoneThroughAsync("trial");
        var unchanged = await RecordsAsync(town, 12);
        var answer = await town.Grains.Catalogue().Change(Command.By("admin"), change);
        var done = await town.Grains.GoneThroughAsync(answer.Rollout!);

        Assert.Equal(records, unchanged);
        Assert.Equal((RolloutStanding.Finished, 12), (tried.State, tried.Figures.Moved));
        Assert.Equal(tried.Figures, done.Figures);
        Assert.Equal(Lines(await trial.Cases(null, 500)), Lines(await town.Grains.GetGrain<IRolloutGrain>(answer.Rollout!).Cases(null, 500)));
        Assert.Equal("already-started", await Command.RefusalAsync(() => trial.Start(Command.By("admin"), new RolloutPlan(RolloutKind.Item, "x", 1, 0, true))));
        Assert.Equal("unknown-rollout", await Command.RefusalAsync(() => town.Grains.GetGrain<IRolloutGrain>("none").View()));
    }

    [Fact]
    public async Task ACommandThatComesBeforeTheRolloutIsDecidedByTheNewCalendar()
    {
        // The rollout is kept from its cases: only the command comes to one.
        var filter = new CallFilter
        {
            Sees = call =>
            {
                if (CallFilter.Is<IApplicationGrain>(call, nameof(IApplicationGrain.Follow))) throw new InvalidOperationException("Kept away by the test.");
            },
        };
        await using var town = await TestTown.StartAsync(filter: filter);
        await town.AcceptedAsync(1);
        var before = Due(await town.Case("N0001").Deadlines());

        await town.Grains.Catalogue().Change(Command.By("admin"), Rollout.Off(Rollout.Workday(2, Now)));
        await town.Case("N0001").DoAsync(CaseTown.Handler("market"), new SuspendApplication(SpecialProcedure.Hearing, 3));
        await town.Case("N0001").DoAsync(CaseTown.Handler("market"), new ResumeApplication());

        Assert.Equal(1, await town.Case("N0001").ReplannedAsync());
        Assert.True(Due(await town.Case("N0001").Deadlines()) > before);
    }

    [Fact]
    public async Task APublishedYearMakesProvisionalDeadlinesCertain()
    {
        await using var town = await TestTown.StartAsync();
        var far = TownDefinitions.ShopLicence with { Code = "far", StatutoryLimit = new WorkingDays(300), CommittedLimit = null };
        await town.Grains.Catalogue().Define(Command.By("admin"), TownDefinitions.Town with { Items = [.. TownDefinitions.Town.Items, far] });
        var received = await town.AcceptedAsync("F1", far);
        Assert.True((await received.View()).Provisional);

        var due = (await received.View()).DueAt!.Value.Year;
        foreach (var year in Enumerable.Range(2027, due - 2026 + 1))
        {
            var published = new CalendarChange("cn", new CalendarYear("cn", year, [new(new DateOnly(year, 1, 1), "元旦", true)]), []);
            await town.Grains.GoneThroughAsync((await town.Grains.Catalogue().Change(Command.By("admin"), published)).Rollout!);
        }

        Assert.False((await received.View()).Provisional);
    }

    private static DateTimeOffset? Due(ImmutableArray<ClockExplanation> clocks) => clocks.Single(c => c.Kind == ClockKind.Committed).DueAt;

    private static IEnumerable<string> Lines(ImmutableArray<CaseChange> changes) =>
        changes.Select(c => $"{c.AcceptanceNumber} {string.Join(' ', c.Deadlines)} {string.Join(' ', c.Withdrawn)} {string.Join(' ', c.Issued)} {c.After}");

    private static async Task<string[]> RecordsAsync(TestTown town, int count) =>
        await Task.WhenAll(Enumerable.Range(1, count).Select(i => town.RecordAsync($"N{i:D4}")));

    private static async Task<long> WakeUpAsync(TestTown town, string number)
    {
        var rows = await town.Journal.ReadWakeUpsAsync(DeadlineGrain.ShardOf("application/" + number), long.MaxValue, 1_000);
        return rows.Single(row => row.Stream == "application/" + number).DueAt;
    }
}
