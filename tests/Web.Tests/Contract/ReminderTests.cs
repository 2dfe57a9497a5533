using System.Globalization;
using System.Text.Json.Nodes;
using OneStop.Tests;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>Reminders of appointments (H8) of a real program through a real gateway: the clock that strikes is the machine's.</summary>
public sealed class ReminderTests : IAsyncDisposable
{
    // Longer than the booking takes, so that the reminder's instant is still to come.
    private static readonly TimeSpan UntilReminder = TimeSpan.FromSeconds(15);

    private readonly string folder = Directory.CreateTempSubdirectory("onestop-reminders-").FullName;
    private readonly SmsReceiver sms = new();

    [Fact]
    public async Task WhoeverLeftANumberIsRemindedAsLongBeforeTheSlotAsTheHallSaysAndNobodyElse()
    {
        await using var server = await HostedServer.StartAsync(folder, ServerProcess.FreePort(), "--sms", sms.Address);
        using var admin = new ApiClient(server.Address);
        using var visitor = new ApiClient(server.Address);
        await admin.SignInAsync("admin");
        var day = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).Date.AddDays(3);
        var slot = new DateTimeOffset(day.AddHours(9.5), TimeSpan.FromHours(8));
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        (await DefineAsync(admin, files, TimeSpan.Zero)).ExpectProblem(400, "validation");
        var before = slot - DateTimeOffset.UtcNow - UntilReminder;
        (await DefineAsync(admin, files, before)).Expect(200);

        var offered = (await visitor.GetAsync($"/api/halls/shilong/slots?service=civil&day={day:yyyy-MM-dd}")).Expect(200).Items;
        static DateTimeOffset At(JsonNode? instant) => DateTimeOffset.Parse(instant!.GetValue<string>(), CultureInfo.InvariantCulture);
        Assert.Equal(slot - before, At(offered.Single(one => At(one["at"]) == slot)["remindAt"]));
        Assert.All(offered.Where(one => At(one["at"]) < slot), one => Assert.Null(one["remindAt"]));

        var kept = await BookAsync(visitor, slot, "441900199001010011", "13800000001");
        var given = await BookAsync(visitor, slot, "441900199001010022", "13800000002");
        await BookAsync(visitor, slot, "441900199001010033", null);
        (await visitor.DeleteAsync("/api/appointments/" + given)).Expect(204);
        var delivered = await Until.Holds(
            "the reminder", async () => (await admin.GetAsync("/api/deliveries?state=delivered")).Expect(200), found => found.Items.Length > 0);

        var call = Assert.Single(sms.Taken);
        Assert.Equal("13800000001", call.Json["to"]!.GetValue<string>());
        Assert.Contains(slot.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), call.Json["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("appointment", call.Json["textEn"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(call.Key, Assert.Single(delivered.Items)["id"]!.GetValue<string>());
        Assert.DoesNotContain(kept, delivered.Body, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await sms.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static Task<Answer> DefineAsync(ApiClient admin, JsonObject files, TimeSpan before)
    {
        var hall = JsonNode.Parse(files["halls/shilong.json"]!.GetValue<string>())!;
        hall["appointments"]!["remindBefore"] = before.ToString("c", CultureInfo.InvariantCulture);
        files["halls/shilong.json"] = hall.ToJsonString();
        return admin.PostAsync("/api/catalogue", new { files });
    }

    private static async Task<string> BookAsync(ApiClient visitor, DateTimeOffset slot, string idNumber, string? phone) =>
        (await visitor.PostAsync("/api/halls/shilong/appointments", new { service = "civil", slot, applicant = new { name = "韩梅梅", idNumber, phone } }))
        .Expect(201).Text("id");
}
