using System.Text;
using OneStop.Web.Tests.Feeds;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>Pairing a display over HTTP, and what the hub gives to one that is paired and refuses to all others.</summary>
public sealed class DisplayTests(TownFixture town) : IClassFixture<TownFixture>
{
    private const string Displays = "/api/halls/shilong/displays";

    private static int drawn;

    [Fact]
    public async Task ADisplayIsPairedByACodeThatAnAdministratorConfirms()
    {
        var admin = await town.StaffAsync("admin");
        var asked = (await AskAsync(Secret())).Expect(201);
        var expires = asked.Json["expiresAt"]!.GetValue<DateTimeOffset>() - DateTimeOffset.UtcNow;
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{6}$", asked.Text("code"));
        Assert.InRange(expires, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));

        var confirmed = (await admin.PostAsync(Displays + "/confirm", new { code = asked.Text("code").ToLowerInvariant().Insert(3, " "), name = "Lobby" })).Expect(200);

        Assert.Equal((asked.Text("display"), "Lobby", "admin"), (confirmed.Text("id"), confirmed.Text("name"), confirmed.Text("pairedBy")));
        var listed = Assert.Single((await admin.GetAsync(Displays)).Expect(200).Items, d => d["name"]!.GetValue<string>() == "Lobby");
        Assert.Null(listed["zone"]);
        Assert.Null(listed["secretHash"]);
        (await admin.PostAsync($"{Displays}/{confirmed.Text("id")}/unpair")).Expect(204);
        Assert.DoesNotContain((await admin.GetAsync(Displays)).Expect(200).Items, d => d["name"]!.GetValue<string>() == "Lobby");
    }

    [Fact]
    public async Task OnlyAPairedDisplayTakesTheVoiceAndUnpairingTakesItAway()
    {
        var (secret, other) = (Secret(), Secret());
        var display = await PairAsync(secret, "Left");
        var second = await PairAsync(other, "Right");
        await using var hub = await HubConnection.OpenAsync(town.Public);
        Assert.Null(await hub.SubscribeAsync("hall/shilong"));
        var desk = await town.DeskAsync(1);
        (await desk.CallAsync(await town.TakeTicketAsync("civil"))).Expect(200);
        await hub.NextAsync("the call in the zone's line", m => m.Kind == "changes" && m.Changes.Any(c => c!["announcing"]?.AsArray() is [{ } one] && one["zone"]!.GetValue<string>() == "hall"));

        Assert.EndsWith("not-paired", await hub.InvokeAsync("Speak", "shilong", "hall", "", ""), StringComparison.Ordinal);
        Assert.EndsWith("not-paired", await hub.InvokeAsync("Speak", "shilong", "hall", null, null), StringComparison.Ordinal);
        Assert.EndsWith("not-paired", await hub.InvokeAsync("Speak", "shilong", "hall", display, other), StringComparison.Ordinal);
        Assert.EndsWith("unknown-zone", await hub.InvokeAsync("Speak", "shilong", "attic", display, secret), StringComparison.Ordinal);
        Assert.EndsWith("unknown-feed", await hub.InvokeAsync("Speak", "nowhere", "hall", display, secret), StringComparison.Ordinal);
        Assert.EndsWith("unknown-display", await hub.InvokeAsync("Recognise", "shilong", display, other), StringComparison.Ordinal);
        Assert.EndsWith("not-paired", await hub.InvokeAsync("Heard", "shilong", "hall", display, other, "any", true), StringComparison.Ordinal);
        Assert.Null(await hub.InvokeAsync("Recognise", "shilong", display, secret));
        Assert.Null(await hub.InvokeAsync("Speak", "shilong", "hall", display, secret));
        await hub.NextAsync("the voice is taken", m => IsTaken(m, true));

        (await (await town.StaffAsync("admin")).PostAsync($"{Displays}/{display}/unpair")).Expect(204);

        await hub.NextAsync("the voice is free", m => IsTaken(m, false));
        Assert.EndsWith("not-paired", await hub.InvokeAsync("Speak", "shilong", "hall", display, secret), StringComparison.Ordinal);
        Assert.EndsWith("unknown-display", await hub.InvokeAsync("Recognise", "shilong", display, secret), StringComparison.Ordinal);
        Assert.Null(await hub.InvokeAsync("Speak", "shilong", "hall", second, other));
        await hub.NextAsync("another display has the voice", m => IsTaken(m, true));
        (await desk.FinishAsync()).Expect(200);
    }

    [Fact]
    public async Task WhatIsSentAgainUnderItsKeyGetsTheFirstAnswer()
    {
        var (secret, admin) = (Secret(), await town.StaffAsync("admin"));
        var asked = (await AskAsync(secret, key: "ask-" + secret)).Expect(201);
        Assert.Equal(asked.Body, (await AskAsync(secret, key: "ask-" + secret)).Expect(201).Body);
        (await AskAsync(Secret(), key: "ask-" + secret)).ExpectProblem(409, "idempotency-conflict");
        var body = new { code = asked.Text("code"), name = "Stairs" };
        var confirmed = (await admin.PostAsync(Displays + "/confirm", body, "confirm-" + secret)).Expect(200);
        Assert.Equal(confirmed.Body, (await admin.PostAsync(Displays + "/confirm", body, "confirm-" + secret)).Expect(200).Body);
        (await admin.PostAsync(Displays + "/confirm", body)).ExpectProblem(404, "unknown-code");
        var unpair = $"{Displays}/{confirmed.Text("id")}/unpair";
        (await admin.PostAsync(unpair, key: "unpair-" + secret)).Expect(204);
        (await admin.PostAsync(unpair, key: "unpair-" + secret)).Expect(204);
        (await admin.PostAsync(unpair)).ExpectProblem(404, "unknown-display");
    }

    [Fact]
    public async Task TheSecretIsNowhereInTheRecord()
    {
        var secret = Secret();
        await PairAsync(secret, "Gallery");

        var bytes = Encoding.UTF8.GetBytes(secret);
        foreach (var file in Directory.EnumerateFiles(town.Folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var stored = new byte[stream.Length];
            await stream.ReadExactlyAsync(stored, TestContext.Current.CancellationToken);
            Assert.True(stored.AsSpan().IndexOf(bytes) < 0, file);
        }
    }

    [Theory]
    [InlineData("officer", 403, "not-allowed")]
    [InlineData("clerk1", 403, "not-allowed")]
    [InlineData("head.market", 403, "not-allowed")]
    [InlineData(null, 401, "not-signed-in")]
    public async Task OnlyAdministratorsConfirmListAndUnpair(string? user, int status, string code)
    {
        var caller = user is null ? town.Public : await town.StaffAsync(user);
        var asked = (await AskAsync(Secret())).Expect(201);
        (await caller.PostAsync(Displays + "/confirm", new { code = asked.Text("code"), name = "Mine" })).ExpectProblem(status, code);
        (await caller.PostAsync($"{Displays}/{asked.Text("display")}/unpair")).ExpectProblem(status, code);
        (await caller.GetAsync(Displays)).ExpectProblem(status, code);
        // Nothing has come of it: the code waits still.
        await UnpairAsync(await town.ConfirmAsync(asked.Text("code"), "Theirs"));
    }

    [Fact]
    public async Task AnAdministratorsBrowserNeedsItsAntiforgeryToken()
    {
        var asked = (await AskAsync(Secret())).Expect(201);
        using var stolen = new ApiClient(town.Address);
        await stolen.SignInAsync("admin");
        stolen.Antiforgery = null;
        (await stolen.PostAsync(Displays + "/confirm", new { code = asked.Text("code"), name = "Mine" })).ExpectProblem(403, "antiforgery");
        await UnpairAsync(await town.ConfirmAsync(asked.Text("code"), "Mine"));
    }

    [Fact]
    public async Task WhatCannotBeIsRefusedByItsCodeAndChangesNothing()
    {
        var (secret, admin) = (Secret(), await town.StaffAsync("admin"));
        var asked = (await AskAsync(secret)).Expect(201);
        var (confirm, code) = (Displays + "/confirm", asked.Text("code"));
        Assert.Equal(["/secret out-of-range"], (await AskAsync("short")).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["/secret required"], (await town.Public.PostAsync(Displays + "/pairings")).ExpectProblem(400, "validation").Faults);
        (await town.Public.PostAsync(Displays + "/pairings", new { secret = Secret(), zone = "attic" })).ExpectProblem(404, "unknown-zone");
        (await town.Public.PostAsync("/api/halls/nowhere/displays/pairings", new { secret = Secret() })).ExpectProblem(404, "unknown-hall");
        (await admin.PostAsync("/api/halls/nowhere/displays/confirm", new { code, name = "A" })).ExpectProblem(404, "unknown-hall");
        (await admin.GetAsync("/api/halls/nowhere/displays")).ExpectProblem(404, "unknown-hall");
        Assert.Equal(["/name required"], (await admin.PostAsync(confirm, new { code })).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["/name required"], (await admin.PostAsync(confirm, new { code, name = "  " })).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["/name out-of-range"], (await admin.PostAsync(confirm, new { code, name = new string('x', 51) })).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["/code out-of-range"], (await admin.PostAsync(confirm, new { code = new string('0', 21), name = "A" })).ExpectProblem(400, "validation").Faults);
        (await admin.PostAsync(confirm, new { code = "U" + code[1..], name = "A" })).ExpectProblem(404, "unknown-code");
        (await admin.PostAsync(confirm, new { code, name = "A", zone = "hall" })).ExpectProblem(400, "unknown-field");
        (await admin.PostAsync($"{Displays}/{asked.Text("display")}/unpair")).ExpectProblem(404, "unknown-display");
        (await admin.PostAsync($"{Displays}/nobody/unpair")).ExpectProblem(404, "unknown-display");

        var paired = await town.ConfirmAsync(code, "Hall\u0000 <b>大厅</b>");

        Assert.Equal("Hall\u0000 <b>大厅</b>", paired.Text("name"));
        (await AskAsync(secret)).ExpectProblem(409, "already-paired");
        var next = (await AskAsync(Secret())).Expect(201).Text("code");
        (await admin.PostAsync(confirm, new { code = next, name = paired.Text("name") })).ExpectProblem(409, "name-in-use");
        await UnpairAsync(await town.ConfirmAsync(next, "Another"));
        await UnpairAsync(paired);
    }

    private static string Secret() => Interlocked.Increment(ref drawn).ToString("D43", System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsTaken(FeedMessage message, bool taken) => message.Kind == "changes"
        && message.Changes.Any(c => c!["announcing"]?.AsArray() is [{ } one] && one["taken"]!.GetValue<bool>() == taken);

    private Task<Answer> AskAsync(string secret, string? key = null) => town.Public.PostAsync(Displays + "/pairings", new { secret }, key);

    /// <returns>The display's id.</returns>
    private async Task<string> PairAsync(string secret, string name) =>
        (await town.ConfirmAsync((await AskAsync(secret)).Expect(201).Text("code"), name)).Text("id");

    private async Task UnpairAsync(Answer display) =>
        (await (await town.StaffAsync("admin")).PostAsync($"{Displays}/{display.Text("id")}/unpair")).Expect(204);
}
