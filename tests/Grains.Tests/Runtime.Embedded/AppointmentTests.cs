using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Appointments;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Runtime.Embedded;

/// <summary>Appointments through a day under virtual time. Slots of half an hour, in time until 10 minutes after.</summary>
public sealed class AppointmentTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Eleven = Monday.AddHours(1);

    [Fact]
    public void WhoComesInTimeHasAnAppointmentsTicketAndWhoComesLateAnOrdinaryOne()
    {
        using var town = new SimulatedTown(Monday);
        var (early, late) = (Book(town, "P1"), Book(town, "P2"));

        town.Simulation.AdvanceTo(Eleven.AddMinutes(-31));
        var tooEarly = town.Simulation.Run(() => Command.RefusalAsync(() => CheckIn(town, early, Command.By("public"))));
        town.Simulation.AdvanceTo(Eleven.AddMinutes(-30));
        var inTime = town.Simulation.Run(() => CheckIn(town, early, Command.By("public")));
        town.Simulation.AdvanceTo(Eleven.AddMinutes(41));
        var afterwards = town.Simulation.Run(() => CheckIn(town, late, Command.By("public")));
        var again = town.Simulation.Run(() => Command.RefusalAsync(() => CheckIn(town, late, Command.By("public"))));

        Assert.Equal(("wrong-state", "wrong-state"), (tooEarly, again));
        Assert.Equal((Segment.Appointment, Segment.Ordinary), (inTime.Segment, afterwards.Segment));
        Assert.Equal((AppointmentState.Kept, inTime.Id), (View(town, early).State, View(town, early).Ticket));
    }

    [Fact]
    public void ACheckInSentTwiceGivesOneTicket()
    {
        using var town = new SimulatedTown(Monday);
        var id = Book(town, "P1");
        town.Simulation.AdvanceTo(Eleven);
        var key = Command.Keyed("public", "k1");

        var first = town.Simulation.Run(() => CheckIn(town, id, key));
        var second = town.Simulation.Run(() => CheckIn(town, id, key));

        Assert.Equal(first, second);
        Assert.Single(town.Simulation.Run(() => town.Journal.QueryAsync(new RowQuery(Tables.Tickets)).AsTask()));
    }

    [Fact]
    public void WhoHasNotComeByTheEndOfTheDayHasMissedItAndMayBookAgain()
    {
        using var town = new SimulatedTown(Monday);
        var id = Book(town, "P1");

        town.Simulation.AdvanceTo(Monday.AddHours(14));

        Assert.Equal(AppointmentState.Missed, View(town, id).State);
        Book(town, "P1", Eleven.AddDays(1));
    }

    [Fact]
    public void APersonIsInNoRowAndNoEvent()
    {
        using var town = new SimulatedTown(Monday);
        Book(town, "44190019900101001X");

        var row = Assert.Single(town.Simulation.Run(() => town.Journal.QueryAsync(new RowQuery(Tables.Appointments)).AsTask()));
        var stream = town.Simulation.Run(() => town.Journal.ReadAsync($"appointments/{TownDefinitions.Hall}/civil/2026-03-02").AsTask());

        Assert.StartsWith("R", row.Text("person"), StringComparison.Ordinal);
        Assert.All(stream.Events, e => Assert.DoesNotContain("44190019900101001X", System.Text.Encoding.UTF8.GetString(e.Data), StringComparison.Ordinal));
    }

    private static string Book(SimulatedTown town, string idNumber, DateTimeOffset? slot = null)
    {
        var at = slot ?? Eleven;
        var book = town.Grains.GetGrain<IAppointmentBookGrain>($"{TownDefinitions.Hall}/civil/{at:yyyy-MM-dd}");
        return town.Simulation.Run(() => book.Book(
            Command.By("public"), new AppointmentRequest(Command.NewId(), at, "韩梅梅", idNumber, "13800000000", null))).Id;
    }

    private static Task<TicketView> CheckIn(SimulatedTown town, string id, CommandInfo info) => town.Grains.GetGrain<IAppointmentGrain>(id)
        .CheckIn(info, TownDefinitions.Hall, new TakeTicket(Command.NewId(), "civil", Segment.Ordinary, "zh"));

    private static AppointmentView View(SimulatedTown town, string id) => town.Simulation.Run(() => town.Grains.GetGrain<IAppointmentGrain>(id).View());
}
