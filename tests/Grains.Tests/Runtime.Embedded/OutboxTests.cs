using OneStop.Domain.Notices;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Notices;
using OneStop.Grains.Notices;
using OneStop.Grains.Tests.Notices;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>The outbox under virtual time: when a failed delivery is tried again, to the instant.</summary>
public sealed class OutboxTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly Notice Given = Tests.Notices.Notices.To(Audience.Holder(Post.SupervisionOfficer, ""), "N1.1", Monday);

    [Fact]
    public void EachPauseIsTwiceAsLongUpToAnHourAndNothingIsGivenUp()
    {
        var carrier = new Carrier { Fails = int.MaxValue };
        using var town = Town(carrier);
        carrier.Clock = town.Simulation.Clock;

        town.Simulation.Run(() => town.Desk.GiveAsync(town.Journal, town.Grains, Given));
        town.Simulation.AdvanceTo(Monday.AddDays(1));

        Assert.Equal([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600], carrier.Pauses.Take(9));
        Assert.Equal(3_600, carrier.Pauses.Max());
        carrier.Fails = 0;
        town.Simulation.AdvanceTo(Monday.AddDays(1).AddHours(1));
        Assert.Equal(DeliveryState.Delivered, Assert.Single(town.Simulation.Run(() => town.Grains.DeliveriesAsync())).State);
        var attempts = carrier.Attempts.Count;
        town.Simulation.AdvanceTo(Monday.AddDays(3));
        Assert.Equal(attempts, carrier.Attempts.Count);
    }

    [Fact]
    public void ARestartForgetsNoRetry()
    {
        var carrier = new Carrier { Fails = 3 };
        using var town = Town(carrier);
        carrier.Clock = town.Simulation.Clock;
        town.Simulation.Run(() => town.Desk.GiveAsync(town.Journal, town.Grains, Given));
        town.Simulation.AdvanceTo(Monday.AddSeconds(40));

        town.Stop();
        town.Simulation.AdvanceTo(Monday.AddSeconds(50));
        town.Start();
        var shard = DeadlineGrain.ShardOf(OutboxGrain.StreamOf(OutboxGrain.KeyOf(NoticeChannel.Email, Given)));
        town.Simulation.Run(() => town.Grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard)).Look());
        town.Simulation.AdvanceTo(Monday.AddHours(1));

        Assert.Equal([30, 60, 120], carrier.Pauses);
    }

    private static SimulatedTown Town(Carrier carrier) => new(Monday, carriers: new NoticeCarriers([carrier], RetrySchedule.Default));

    private sealed class Carrier : INoticeCarrier
    {
        public NoticeChannel Channel => NoticeChannel.Email;

        public TimeProvider Clock { get; set; } = TimeProvider.System;

        public int Fails { get; set; }

        public List<DateTimeOffset> Attempts { get; } = [];

        public IEnumerable<double> Pauses => Attempts.Zip(Attempts.Skip(1), (a, b) => (b - a).TotalSeconds);

        public Task<Carried> CarryAsync(Letter letter, CancellationToken cancellationToken)
        {
            Attempts.Add(Clock.GetUtcNow());
            return Task.FromResult(Fails-- > 0 ? Carried.TryAgain("not now") : Carried.Delivered);
        }
    }
}
