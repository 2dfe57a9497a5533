using System.Globalization;
using OneStop.Domain.Notices;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Notices;
using OneStop.Grains.Tests.Notices;
using OneStop.Silo.Notices;
using OneStop.Tests;

namespace OneStop.Grains.Tests.Halls;

/// <summary>Reminders of appointments through a real gateway of the test's own, a day before the slot.</summary>
public sealed class ReminderTests
{
    private readonly JumpingClock clock = new();
    private readonly DateTimeOffset slot;

    public ReminderTests()
    {
        var day = clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date.AddDays(3);
        slot = new DateTimeOffset(day.AddHours(9.5), TimeSpan.FromHours(8));
    }

    private DateTimeOffset Due => slot.AddDays(-1);

    [Fact]
    public async Task WhoBookedIsRemindedOnceHoweverOftenTheClockStrikesAndTheGatewayFails()
    {
        await using var gateway = new SmsReceiver(500);
        await using var town = await TownAsync(gateway.Address);
        var id = await BookAsync(town, "P1", "13800000001");

        await clock.JumpToAsync(town, Due.AddSeconds(1));
        await DeliveredAsync(town);
        await Book(town).WakeUp(Due);
        await Book(town).WakeUp(Due);

        var delivery = Assert.Single(await town.Grains.DeliveriesAsync());
        Assert.Equal([delivery.Id, delivery.Id], gateway.Taken.Select(call => call.Key));
        var call = gateway.Taken.Last().Json;
        Assert.Equal("13800000001", call["to"]!.GetValue<string>());
        Assert.Contains(slot.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), call["text"]!.GetValue<string>(), StringComparison.Ordinal);
        // Whoever knows its id holds an appointment: neither the gateway nor an administrator learns it.
        Assert.DoesNotContain(id, call.ToJsonString() + delivery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoGaveItUpAndWhoLeftNoNumberThatCanBeDialledAreNotReminded()
    {
        await using var gateway = new SmsReceiver();
        await using var town = await TownAsync(gateway.Address);
        var given = await BookAsync(town, "P1", "13800000001");
        await BookAsync(town, "P2", null);
        await BookAsync(town, "P4", "-----");
        await BookAsync(town, "P3", "13800000003");
        await town.Grains.GetGrain<IAppointmentGrain>(given).Cancel(Command.By("public"));

        await clock.JumpToAsync(town, Due.AddSeconds(1));
        await DeliveredAsync(town);

        Assert.Single(await town.Grains.DeliveriesAsync());
        Assert.Equal("13800000003", Assert.Single(gateway.Taken).Json["to"]!.GetValue<string>());
    }

    [Fact]
    public async Task AReminderThatADyingProcessCouldNotDeliverTheNextOneDelivers()
    {
        using var file = new TownFile();
        var gone = new SmsReceiver();
        await gone.DisposeAsync();
        await using (var dying = await TownAsync(gone.Address, file.Database))
        {
            await BookAsync(dying, "P1", "13800000001");
            await clock.JumpToAsync(dying, Due.AddSeconds(1));
            await Eventually.HoldsAsync(async () => (await dying.Grains.DeliveriesAsync()) is [{ Attempts: > 0 }], "an attempt");
        }

        await using var gateway = new SmsReceiver();
        await using var town = await TownAsync(gateway.Address, file.Database);
        await clock.JumpToAsync(town, Due.AddMinutes(5));
        await DeliveredAsync(town);

        Assert.Single(gateway.Taken);
    }

    private IAppointmentBookGrain Book(TestTown town) =>
        town.Grains.GetGrain<IAppointmentBookGrain>($"{TownDefinitions.Hall}/civil/{slot:yyyy-MM-dd}");

    private async Task<string> BookAsync(TestTown town, string idNumber, string? phone)
    {
        var request = new AppointmentRequest("secret-" + Command.NewId(), slot, "韩梅梅", idNumber, phone, null);
        return (await Book(town).Book(Command.By("public"), request)).Id;
    }

    private Task<TestTown> TownAsync(string gateway, string database = ":memory:")
    {
        var settings = new NoticeSettings
        {
            Sms = gateway,
            Retries = new RetrySchedule(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(40)),
        };
        return TestTown.StartAsync(database, carriers: settings.Carriers(clock), clock: clock);
    }

    private static Task DeliveredAsync(TestTown town) => Eventually.HoldsAsync(
        async () => (await town.Grains.DeliveriesAsync()).Any(d => d.State == DeliveryState.Delivered), "a delivery");
}
