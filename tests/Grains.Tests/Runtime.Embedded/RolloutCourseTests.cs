using OneStop.Domain.Rollouts;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Rollouts;
using OneStop.Grains.Records;
using OneStop.Grains.Tests.Applications;
using OneStop.Grains.Tests.Rollouts;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>The course of a rollout under virtual time: what happens at an instant was set for it.</summary>
public sealed class RolloutCourseTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateOnly Thursday = new(2026, 3, 5);

    [Fact]
    public void AHostThatStopsInTheMiddleGoesOnWhereItWasAndNoCaseIsPlannedTwice()
    {
        const int Cases = 1_500;
        var pages = 0;
        bool IsSecondPage(AppendRequest request) =>
            request.Streams.Any(s => s.Events.Any(e => e.Type == "rollout.advanced.v1")) && ++pages == 2;
        using var town = new SimulatedTown(Monday, wrap: journal => new CutJournal(journal) { Where = request => IsSecondPage(request) ? Cut.Before : Cut.None });
        town.Simulation.Run(() => Task.WhenAll(Enumerable.Range(0, Cases).Select(i =>
            town.Case("P" + i).Receive(Command.By("public"), Domain.Applications.Actor.Public, CaseTown.Intake("shop-licence")))));
        var rollout = town.Simulation.Run(() => town.Grains.Catalogue().Change(Command.By("admin"), Rollout.Off(Thursday))).Rollout!;
        town.Simulation.AdvanceTo(Monday.AddSeconds(1));
        var before = town.Simulation.Run(() => town.Grains.GetGrain<IRolloutGrain>(rollout).View());

        town.Stop();
        town.Start();
        // As each host's pulse does: so the shard that watches the rollout is alive.
        var shard = DeadlineGrain.KeyOf(DeadlineGrain.ShardOf("rollout/" + rollout));
        town.Simulation.Run(() => town.Grains.GetGrain<IDeadlineGrain>(shard).Look());
        town.Simulation.AdvanceTo(Monday.AddSeconds(1) + RolloutRules.Patience + RolloutRules.Rest);
        var after = town.Simulation.Run(() => town.Grains.GetGrain<IRolloutGrain>(rollout).View());

        Assert.Equal(RolloutStanding.Running, before.State);
        Assert.InRange(before.Figures.Cases, 1, Cases - 1);
        Assert.Equal((RolloutStanding.Finished, Cases), (after.State, after.Of));
        var versions = Assert.Single(town.Simulation.Run(() => town.Journal.CountAsync(new RowQuery(Tables.Applications), ["calendar_version", "seq"]).AsTask()));
        Assert.Equal((Cases, 2L, 2L), (versions.Count, versions.Group[0], versions.Group[1]));
    }

    [Fact]
    public void ACaseThatCannotBeReachedIsGoneToAgain()
    {
        var reachable = false;
        var filter = new CallFilter
        {
            Sees = call =>
            {
                if (!reachable && CallFilter.Is<IApplicationGrain>(call, nameof(IApplicationGrain.Follow))) throw new InvalidOperationException("Kept away by the test.");
            },
        };
        using var town = new SimulatedTown(Monday, filter);
        town.Accept("N1");
        var rollout = town.Simulation.Run(() => town.Grains.Catalogue().Change(Command.By("admin"), Rollout.Off(Thursday))).Rollout!;

        town.Simulation.AdvanceTo(Monday + (2 * RolloutRules.Rest));
        var failing = town.Simulation.Run(() => town.Grains.GetGrain<IRolloutGrain>(rollout).View());
        reachable = true;
        town.Simulation.AdvanceTo(Monday + (4 * RolloutRules.Rest));
        var done = town.Simulation.Run(() => town.Grains.GetGrain<IRolloutGrain>(rollout).View());

        Assert.Equal((RolloutStanding.Resting, 1), (failing.State, failing.Figures.Failed));
        Assert.Equal((RolloutStanding.Finished, 1, 0), (done.State, done.Figures.Moved, done.Figures.Failed));
    }

    [Fact]
    public void CardsFallAndComeAgainAtTheirLegalInstantsAsTheDatesSay()
    {
        using var town = new SimulatedTown(Monday);
        town.Accept("N1");
        // The promise of 7 working days ends with 2026-03-11: warned at the end of the 9th, yellow from the 12th on.
        town.Simulation.AdvanceTo(Monday.AddDays(10));
        var stood = Cards(town);

        Declare(town, Rollout.Off(Thursday, new(2026, 3, 6), new(2026, 3, 9), new(2026, 3, 10)));
        var off = Cards(town);
        Declare(town, Rollout.Worked(Thursday, new(2026, 3, 6), new(2026, 3, 9), new(2026, 3, 10)));

        Assert.Equal(["warning 03-10", "yellow 03-12"], stood);
        Assert.Equal(["warning 03-10 withdrawn", "yellow 03-12 withdrawn"], off);
        Assert.Equal(["warning 03-10 withdrawn", "warning 03-10", "yellow 03-12 withdrawn", "yellow 03-12"], Cards(town));
    }

    [Fact]
    public void NothingTicksOnceARolloutIsDone()
    {
        var calls = 0;
        var filter = new CallFilter { Sees = call => calls += call.Grain is IRolloutGrain ? 1 : 0 };
        using var town = new SimulatedTown(Monday, filter);
        Declare(town, Rollout.Off(Thursday));
        var during = calls;

        town.Simulation.AdvanceTo(Monday.AddDays(30));

        Assert.NotEqual(0, during);
        Assert.Equal(during, calls);
    }

    private static void Declare(SimulatedTown town, Domain.Catalogue.CalendarChange change)
    {
        town.Simulation.Run(() => town.Grains.Catalogue().Change(Command.By("admin"), change));
        town.Simulation.AdvanceTo(town.Simulation.Clock.GetUtcNow() + RolloutRules.Rest);
    }

    private static string[] Cards(SimulatedTown town) =>
    [
        .. town.Cards("N1").OrderBy(card => card.Level).ThenBy(card => card.Id, StringComparer.Ordinal)
            .Select(card => $"{Domain.CamelCase.Of(card.Level)} {card.IssuedAt.ToOffset(TimeSpan.FromHours(8)):MM-dd}{(card.WithdrawnAt is null ? "" : " withdrawn")}"),
    ];
}
