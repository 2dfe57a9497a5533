using OneStop.Domain.Notices;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Notices;
using OneStop.Grains.Notices;
using OneStop.Grains.Tests.Notices;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>
/// The ladder of a real case under virtual time, through the outbox: accepted on Monday 2026-03-02, warning 03-10, yellow 03-12, red
/// 03-31, each unhandled 3 and unexplained 5 working days later (RULES, working days; 04-06 is Tomb Sweeping Day's).
/// </summary>
public sealed class EscalationTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void EveryStepOfTheLadderGoesOutAtItsInstantAndOnce()
    {
        var sent = new Sent();
        using var town = new SimulatedTown(Monday, carriers: new NoticeCarriers([sent], RetrySchedule.Default));
        sent.Clock = town.Simulation.Clock;
        town.Accept("N1");

        town.Simulation.AdvanceTo(Monday.AddMonths(3));

        Assert.Equal(
            [
                "03-10 handlers@market.example", "03-12 handlers@market.example", "03-18 head@market.example", "03-20 officer@town.example",
                "03-31 handlers@market.example", "03-31 head@market.example", "03-31 officer@town.example", "04-04 mayor@town.example", "04-09 officer@town.example",
            ],
            sent.Letters.Order());
        Assert.All(town.Simulation.Run(() => town.Grains.DeliveriesAsync()), delivery => Assert.Equal((DeliveryState.Delivered, 1), (delivery.State, delivery.Attempts)));
        var cards = town.Cards("N1");
        Assert.Equal([null, new(2026, 3, 20, 0, 0, 0, TimeSpan.FromHours(8)), new(2026, 4, 9, 0, 0, 0, TimeSpan.FromHours(8))], cards.Select(card => card.UnexplainedAt));
        Assert.Equal(["red", "yellow"], Published(town));
    }

    [Fact]
    public void AfterAnOutageEverybodyIsToldOfEverythingOnce()
    {
        var sent = new Sent();
        using var town = new SimulatedTown(Monday, carriers: new NoticeCarriers([sent], RetrySchedule.Default));
        sent.Clock = town.Simulation.Clock;
        town.Accept("N1");
        town.Stop();
        town.Simulation.AdvanceTo(Monday.AddMonths(2));
        town.Start();

        town.Simulation.Run(() => town.Case("N1").WakeUp(Monday));
        town.Simulation.AdvanceTo(Monday.AddMonths(3));

        Assert.Equal([CardLevel.Warning, CardLevel.Yellow, CardLevel.Red], town.Cards("N1").Select(card => card.Level));
        Assert.Equal(
            ["05-02 handlers@market.example", "05-02 handlers@market.example", "05-02 handlers@market.example", "05-02 head@market.example", "05-02 head@market.example", "05-02 mayor@town.example", "05-02 officer@town.example"],
            sent.Letters.Where(letter => letter.StartsWith("05-02", StringComparison.Ordinal)).Order());
        Assert.Equal(2, sent.Letters.Count(letter => !letter.StartsWith("05-02", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Published(SimulatedTown town) => town.Simulation.Run(async () =>
        (await town.Grains.GetGrain<INoticeBoardGrain>(INoticeBoardGrain.Key).Publicity(new PublicityQuestion("card", null, null, 10))).Select(entry => entry.Result));

    private sealed class Sent : INoticeCarrier
    {
        public NoticeChannel Channel => NoticeChannel.Email;

        public TimeProvider Clock { get; set; } = TimeProvider.System;

        public List<string> Letters { get; } = [];

        public Task<Carried> CarryAsync(Letter letter, CancellationToken cancellationToken)
        {
            Letters.Add($"{Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)):MM-dd} {letter.Address}");
            return Task.FromResult(Carried.Delivered);
        }
    }
}
