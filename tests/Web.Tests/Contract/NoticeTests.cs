using System.Text.Json;
using OneStop.Tests;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>Notices of a real program (S7): on screen, by e-mail, by SMS gateway and on the publicity list.</summary>
public sealed class NoticeTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onestop-notices-").FullName;
    private readonly MailReceiver mail = new();
    private readonly SmsReceiver sms = new();
    private readonly Dictionary<string, ApiClient> staff = [];
    private HostedServer? server;

    [Fact]
    public async Task ARedCardTellsEverybodyOfTheLadderInEveryChannelAndTheTimelineTellsIt()
    {
        await StartAsync();
        var number = await OverdueAsync();

        // Head of department, officer: e-mail. Head of section: SMS, of the yellow card and of the red one.
        await Until.Holds("the messages", () => Task.FromResult((Mails: mail.Taken.ToList(), Calls: sms.Taken.ToList())), now =>
            now.Mails.Any(m => m.To == "officer@town.example") && now.Mails.Any(m => m.To == "head@market.example") && now.Calls.Count >= 2);
        Assert.All(mail.Taken, m => Assert.Contains(number, m.Text, StringComparison.Ordinal));
        Assert.All(sms.Taken, call => Assert.Equal("13900000001", call.Json["to"]!.GetValue<string>()));
        var officer = await StaffAsync("officer");
        var story = (await officer.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items;
        var red = story.Last(e => e["type"]!.GetValue<string>() == "application.told.v1")["data"]!;
        Assert.Equal(
            ["handler", "sectionHead", "departmentHead", "supervisionOfficer"],
            red["to"]!.AsArray().Select(to => to!["name"]!.GetValue<string>()));

        var deliveries = await Until.Holds(
            "the end of every delivery",
            async () => (await (await StaffAsync("admin")).GetAsync("/api/deliveries?state=delivered&limit=500")).Expect(200).Items,
            done => done.Length == 4);
        Assert.Equal(
            mail.Taken.Select(m => m.Head("Message-ID").Split('@')[0][1..]).Concat(sms.Taken.Select(c => c.Key)).Order(),
            deliveries.Select(d => d["id"]!.GetValue<string>()).Order());
        (await officer.GetAsync("/api/deliveries")).ExpectProblem(403, "not-allowed");
        var delivered = deliveries[0]["id"]!.GetValue<string>();
        (await (await StaffAsync("admin")).PostAsync($"/api/deliveries/{delivered}/retry")).ExpectProblem(409, "wrong-state");
        (await (await StaffAsync("admin")).PostAsync("/api/deliveries/none/retry")).ExpectProblem(404, "unknown-delivery");
        (await (await StaffAsync("admin")).GetAsync("/api/deliveries?channel=pigeon")).ExpectProblem(400, "validation");
    }

    [Fact]
    public async Task ANoticeIsShownToThoseItIsForAndOnceRead()
    {
        await StartAsync();
        var number = await OverdueAsync();
        var (handler, officer, stranger) = (await StaffAsync("handler.market"), await StaffAsync("officer"), await StaffAsync("handler.tax"));

        var unread = await Until.Holds(
            "three cards for the handler", async () => (await handler.GetAsync("/api/notices?unread=true")).Expect(200).Items, found => found.Length == 3);
        var id = unread[0]["id"]!.GetValue<string>();
        Assert.All(unread, notice => Assert.Equal((number, "cardIssued"), (notice["about"]!.GetValue<string>(), notice["kind"]!.GetValue<string>())));
        Assert.Contains(unread, notice => notice["title"]!["zh"]!.GetValue<string>().Contains("红牌", StringComparison.Ordinal));
        Assert.Empty((await stranger.GetAsync("/api/notices")).Expect(200).Items);
        (await stranger.PostAsync($"/api/notices/{id}/read")).ExpectProblem(404, "unknown-notice");
        (await new ApiClient(server!.Address).GetAsync("/api/notices")).ExpectProblem(401, "not-signed-in");
        (await handler.GetAsync("/api/notices?unread=perhaps")).ExpectProblem(400, "validation");

        Assert.NotNull((await handler.PostAsync($"/api/notices/{id}/read")).Expect(200).Json["readAt"]);
        var again = (await handler.PostAsync($"/api/notices/{id}/read")).Expect(200);

        Assert.Equal(again.Text("readAt"), (await handler.GetAsync("/api/notices?limit=1")).Expect(200).Items[0]["readAt"]!.GetValue<string>());
        var rest = (await handler.GetAsync("/api/notices?unread=true&limit=1")).Expect(200);
        Assert.NotEqual(id, Assert.Single(rest.Items)["id"]!.GetValue<string>());
        var last = (await handler.GetAsync("/api/notices?unread=true&limit=1&after=" + rest.Text("next"))).Expect(200);
        Assert.Empty((await handler.GetAsync("/api/notices?unread=true&limit=1&after=" + last.Text("next"))).Expect(200).Items);
        Assert.Single((await officer.GetAsync("/api/notices")).Expect(200).Items);
        await server.DisposeAsync();
        server = await HostedServer.StartAsync(folder, ServerProcess.FreePort());
        staff.Clear();
        Assert.Equal(2, (await (await StaffAsync("handler.market")).GetAsync("/api/notices?unread=true")).Expect(200).Items.Length);
    }

    [Fact]
    public async Task DecisionsAndStandingCardsAreMadePublicWithoutNamingAnybody()
    {
        await StartAsync();
        var number = await OverdueAsync();
        var (officer, head, anybody) = (await StaffAsync("officer"), await StaffAsync("head.market"), new ApiClient(server!.Address));
        var cards = await Until.Holds("the red card", async () => (await officer.GetAsync("/api/supervision/cards?level=red")).Expect(200).Items, found => found.Length == 1);
        var red = "/api/supervision/cards/" + cards[0]["id"]!.GetValue<string>();
        Assert.Empty((await anybody.GetAsync("/api/publicity")).Expect(200).Items);

        (await head.PostAsync($"{red}/explain", new { text = "说明" })).Expect(200);
        (await officer.PostAsync($"{red}/uphold")).Expect(200);
        (await head.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).Expect(200);

        var published = (await anybody.GetAsync("/api/publicity?department=market")).Expect(200);
        Assert.Equal(["decision granted", "card red"], published.Items.Select(e => $"{e["kind"]} {e["result"]}"));
        Assert.DoesNotContain("李雷", published.Body, StringComparison.Ordinal);
        var first = (await anybody.GetAsync("/api/publicity?limit=1")).Expect(200);
        Assert.Equal("card", Assert.Single((await anybody.GetAsync("/api/publicity?limit=1&after=" + first.Text("next"))).Expect(200).Items)["kind"]!.GetValue<string>());
        (await officer.PostAsync($"{red}/withdraw", new { reason = "查明" })).Expect(200);
        Assert.Empty((await anybody.GetAsync("/api/publicity?kind=card")).Expect(200).Items);
        (await anybody.GetAsync("/api/publicity?kind=rumour")).ExpectProblem(400, "validation");
    }

    [Theory]
    [InlineData("--smtp: smtp://", "--smtp", "mail.example")]
    [InlineData("--mail-from: e-mail needs", "--smtp", "smtp://mail.example")]
    [InlineData("--mail-from: an e-mail address", "--smtp", "smtp://mail.example", "--mail-from", "nobody")]
    [InlineData("ONESTOP_SMTP_PASSWORD", "--smtp", "smtp://user:secret@mail.example", "--mail-from", "a@b.example")]
    [InlineData("--sms: an http or https address", "--sms", "ftp://gateway.example")]
    public async Task AChannelThatCannotWorkIsRefusedAtTheStart(string said, params string[] arguments)
    {
        var (exitCode, output) = await HostedServer.RunAsync(["serve", "--data", Path.Combine(folder, "none"), .. arguments]);

        Assert.Equal(2, exitCode);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "none")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in staff.Values) client.Dispose();
        if (server is not null) await server.DisposeAsync();
        await mail.DisposeAsync();
        await sms.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync()
    {
        server = await HostedServer.StartAsync(
            folder, ServerProcess.FreePort(), "--smtp", mail.Address, "--mail-from", "onestop@town.example", "--sms", sms.Address);
        var admin = await StaffAsync("admin");
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        files["items/overdue.json"] = QuickItems.Item("overdue", TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)).ToJsonString();
        files["contacts.json"] = JsonSerializer.Serialize(new object[] { new { post = "mayor", department = "market", email = "x" } });
        Assert.Equal(
            ["/files/contacts.json malformed", "/files/contacts.json wrong-post"],
            (await admin.PostAsync("/api/catalogue", new { files })).ExpectProblem(400, "validation").Faults.Order(StringComparer.Ordinal));
        files["contacts.json"] = JsonSerializer.Serialize(new object[]
        {
            new { post = "sectionHead", department = "market", phone = "13900000001" },
            new { post = "departmentHead", department = "market", email = "head@market.example" },
            new { post = "supervisionOfficer", email = "officer@town.example" },
        });
        (await admin.PostAsync("/api/catalogue", new { files })).Expect(200);
    }

    private async Task<string> OverdueAsync()
    {
        using var anybody = new ApiClient(server!.Address);
        var number = (await anybody.PostAsync("/api/applications", TownFixture.Application("overdue"))).Expect(201).Text("acceptanceNumber");
        (await (await StaffAsync("head.market")).PostAsync($"/api/applications/{number}/accept")).Expect(200);
        return number;
    }

    private async Task<ApiClient> StaffAsync(string user)
    {
        if (staff.TryGetValue(user, out var known)) return known;
        var client = new ApiClient(server!.Address);
        await client.SignInAsync(user);
        return staff[user] = client;
    }
}
