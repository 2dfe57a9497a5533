using OneStop.Domain.Notices;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Notices;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>Reminders of appointments under virtual time, to the instant; and the end of the day, which uses the same wake-up.</summary>
public sealed class ReminderClockTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Thursday = new(2026, 3, 5, 11, 0, 0, TimeSpan.FromHours(8));

    private readonly Carrier carrier = new();

    [Fact]
    public void EachIsRemindedADayBeforeItsOwnSlotAndTheDayStillEnds()
    {
        using var town = Town();
        var late = Book(town, "P1", Thursday.AddHours(1));
        Book(town, "P2", Thursday);

        town.Simulation.AdvanceTo(Thursday.AddDays(-1).AddTicks(-10));
        Assert.Empty(carrier.At);
        town.Simulation.AdvanceTo(Thursday.AddDays(2));

        Assert.Equal([Thursday.AddDays(-1), Thursday.AddDays(-1).AddHours(1)], carrier.At);
        Assert.Equal(Domain.Halls.Appointments.AppointmentState.Missed, town.Simulation.Run(() => town.Grains.GetGrain<IAppointmentGrain>(late).View()).State);
    }

    [Fact]
    public void ACancelledOneIsNotRemindedAndAnEarlierOneTakesItsPlaceInTheClock()
    {
        using var town = Town();
        var given = Book(town, "P1", Thursday);
        Book(town, "P2", Thursday.AddHours(1));
        town.Simulation.Run(() => town.Grains.GetGrain<IAppointmentGrain>(given).Cancel(Command.By("public")));
        Book(town, "P3", Thursday.AddHours(-1));

        town.Simulation.AdvanceTo(Thursday.AddDays(2));

        Assert.Equal([Thursday.AddDays(-1).AddHours(-1), Thursday.AddDays(-1).AddHours(1)], carrier.At);
    }

    [Fact]
    public void AReminderThatFellIntoAnOutageComesAtTheNextStartUnlessTheSlotHasBegun()
    {
        using var town = Town();
        Book(town, "P1", Thursday);
        Book(town, "P2", Thursday.AddHours(1));
        town.Stop();
        town.Simulation.AdvanceTo(Thursday.AddMinutes(10));
        town.Start();

        town.Simulation.Run(() => Task.WhenAll(Enumerable.Range(0, IDeadlineGrain.Shards)
            .Select(shard => town.Grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard)).Look())));
        town.Simulation.AdvanceTo(Thursday.AddDays(2));

        Assert.Equal([Thursday.AddMinutes(10)], carrier.At);
    }

    private SimulatedTown Town()
    {
        var town = new SimulatedTown(Monday, carriers: new NoticeCarriers([carrier], RetrySchedule.Default));
        carrier.Clock = town.Simulation.Clock;
        return town;
    }

    private static string Book(SimulatedTown town, string idNumber, DateTimeOffset slot)
    {
        var book = town.Grains.GetGrain<IAppointmentBookGrain>($"{TownDefinitions.Hall}/civil/{slot:yyyy-MM-dd}");
        return town.Simulation.Run(() => book.Book(
            Command.By("public"), new AppointmentRequest(Command.NewId(), slot, "韩梅梅", idNumber, "13800000000", null))).Id;
    }

    private sealed class Carrier : INoticeCarrier
    {
        public NoticeChannel Channel => NoticeChannel.Sms;

        public TimeProvider Clock { get; set; } = TimeProvider.System;

        public List<DateTimeOffset> At { get; } = [];

        public Task<Carried> CarryAsync(Letter letter, CancellationToken cancellationToken)
        {
            At.Add(Clock.GetUtcNow());
            return Task.FromResult(Carried.Delivered);
        }
    }
}
