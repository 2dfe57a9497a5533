using OneStop.Domain.Supervision;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Records;
using OneStop.Grains.Tests.Applications;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>
/// The durable clock under virtual time: nothing ticks, so what happens at an instant was set for it. Accepted on Monday 2026-03-02:
/// the promise of 7 working days ends with 2026-03-11, the statutory limit of 20 with 2026-03-30 (RULES, working days).
/// </summary>
public sealed class DeadlineTests
{
    private static readonly DateTimeOffset Monday = At(3, 2, 10);
    private static readonly (CardLevel Level, DateTimeOffset At)[] Ladder =
        [(CardLevel.Warning, At(3, 10)), (CardLevel.Yellow, At(3, 12)), (CardLevel.Red, At(3, 31))];

    [Fact]
    public void CardsAreIssuedAtTheirExactInstantsWithoutPolling()
    {
        var looks = 0;
        var filter = new CallFilter { Sees = call => looks += CallFilter.Is<IDeadlineGrain>(call, nameof(IDeadlineGrain.Look)) ? 1 : 0 };
        using var town = new SimulatedTown(Monday, filter);
        town.Accept("N1");

        town.Simulation.AdvanceTo(Ladder[2].At.AddTicks(-1));
        var before = town.Cards("N1").Count;
        town.Simulation.AdvanceTo(Ladder[2].At);

        Assert.Equal(2, before);
        Assert.Equal(Ladder, town.Cards("N1").Select(card => (card.Level, card.IssuedAt)));
        Assert.All(town.Cards("N1"), card => Assert.Equal(card.IssuedAt, card.RecordedAt));
        Assert.Equal(0, looks);
    }

    [Fact]
    public void ALostTellIsFoundByTheNextLookAndTheCardComesAtItsInstant()
    {
        var filter = new CallFilter();
        using var town = new SimulatedTown(Monday, filter);
        var shard = DeadlineGrain.KeyOf(DeadlineGrain.ShardOf("application/N1"));
        town.Simulation.Run(() => town.Grains.GetGrain<IDeadlineGrain>(shard).Look());
        filter.Loses = call => CallFilter.Is<IDeadlineGrain>(call, nameof(IDeadlineGrain.Tell));
        town.Accept("N1");

        town.Simulation.AdvanceTo(Ladder[0].At.AddSeconds(-5));
        town.Simulation.Run(() => town.Grains.GetGrain<IDeadlineGrain>(shard).Look());
        town.Simulation.AdvanceTo(Ladder[1].At.AddHours(1));
        var late = town.Cards("N1").Count;
        town.Simulation.Run(() => town.Grains.GetGrain<IDeadlineGrain>(shard).Look());

        var cards = town.Cards("N1");
        Assert.Equal((Ladder[0].At, Ladder[0].At), (cards[0].IssuedAt, cards[0].RecordedAt));
        Assert.Equal(1, late);
        Assert.Equal((Ladder[1].At, Ladder[1].At.AddHours(1)), (cards[1].IssuedAt, cards[1].RecordedAt));
    }

    // Seen on Orleans: what was told while the shard woke came in the opposite order.
    [Fact]
    public void WhatWasToldBeforeAndComesLateDoesNotMoveADeadline()
    {
        using var town = new SimulatedTown(Monday);
        var shard = town.Grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(DeadlineGrain.ShardOf("application/N1")));
        town.Accept("N1");

        town.Simulation.Run(() => shard.Tell("application/N1", null, 0));
        town.Simulation.RunUntilIdle();
        town.Simulation.AdvanceTo(Ladder[0].At);

        Assert.Equal(Ladder[0].At, Assert.Single(town.Cards("N1")).RecordedAt);
    }

    [Fact]
    public void AfterAnOutageWhatIsOverdueComesOnceWithItsLegalInstant()
    {
        var woken = new List<DateTimeOffset>();
        var filter = new CallFilter
        {
            Sees = call =>
            {
                if (CallFilter.Is<IWakeable>(call, nameof(IWakeable.WakeUp))) woken.Add((DateTimeOffset)call.Request.GetArgument(0)!);
            },
        };
        using var town = new SimulatedTown(Monday, filter);
        const int count = 1_000;
        // In no order, and over all shards.
        var due = Enumerable.Range(0, count).ToDictionary(i => "P" + i, i => Monday.AddMinutes((i * 7 % count) + 1));
        foreach (var (number, at) in due)
            town.Simulation.Run(() => town.Case(number).ReportAsync(number, Monday.AddDays(-1), at));

        town.Stop();
        town.Simulation.AdvanceTo(Monday.AddDays(3));
        town.Start();
        town.Simulation.Run(() => Task.WhenAll(
            Enumerable.Range(0, IDeadlineGrain.Shards).Select(shard => town.Grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard)).Look())));

        Assert.Equal(count, woken.Count);
        var cards = town.Cards();
        Assert.Equal(due.Values.Order().TakeLast(cards.Count), cards.Select(card => card.IssuedAt).Order());
        Assert.All(cards, card => Assert.Equal(Monday.AddDays(3), card.RecordedAt));
    }

    [Fact]
    public void TwoThousandCasesDueAtOneInstantAreCardedOnceEach()
    {
        using var town = new SimulatedTown(Monday);
        var due = Monday.AddDays(1);
        town.Simulation.Run(() => Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => town.Case("P" + i).ReportAsync("P" + i, Monday.AddDays(-1), due))));

        town.Simulation.AdvanceTo(due);

        var counts = town.Simulation.Run(() => town.Journal.CountAsync(new RowQuery(Tables.Cards), ["level", "issued_at", "recorded_at"]).AsTask());
        var instant = (due.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var count = Assert.Single(counts);
        Assert.Equal(2_000, count.Count);
        Assert.Equal(["red", instant, instant], count.Group);
    }

    [Fact]
    public void AWakeUpDeliveredAgainIssuesNoSecondCard()
    {
        using var town = new SimulatedTown(Monday);
        town.Accept("N1");
        town.Simulation.AdvanceTo(Ladder[0].At);

        town.Simulation.Run(() => Task.WhenAll(Enumerable.Range(0, 3).Select(_ => town.Case("N1").WakeUp(Ladder[0].At))));
        town.Simulation.AdvanceTo(Ladder[2].At);

        Assert.Equal(Ladder, town.Cards("N1").Select(card => (card.Level, card.IssuedAt)));
    }

    private static DateTimeOffset At(int month, int day, int hour = 0) => new(2026, month, day, hour, 0, 0, TimeSpan.FromHours(8));
}
