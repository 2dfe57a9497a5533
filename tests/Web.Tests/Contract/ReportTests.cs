using System.Globalization;
using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>Facts from outside systems over HTTP (S2 to S5): recorded with their own instants, inspected, and cards computed again.</summary>
public sealed class ReportTests(TownFixture town) : IClassFixture<TownFixture>
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task ALateEndWithdrawsTheCardThatItDisproves()
    {
        var admin = await town.StaffAsync("admin");
        (await StartAsync(admin, "OUT-1", Now.AddDays(-90), deadline: Now.AddDays(-30))).Expect(201);
        var red = await Until.Holds("the red card", () => CardsAsync("OUT-1"), cards => cards.Any(c => c.StartsWith("red active", StringComparison.Ordinal)));
        Assert.DoesNotContain(red, card => card.Contains("withdrawn", StringComparison.Ordinal));

        var view = (await admin.PostAsync("/api/reports/OUT-1/end", new { end = Now.AddDays(-31) }, "end-1")).Expect(200);

        Assert.Equal(("delivered", "OUT-1"), (view.Text("state"), view.Text("acceptanceNumber")));
        Assert.All(await CardsAsync("OUT-1"), card => Assert.Contains("withdrawn", card, StringComparison.Ordinal));
        Assert.Equal(view.Body, (await admin.PostAsync("/api/reports/OUT-1/end", new { end = Now.AddDays(-31) }, "end-1")).Expect(200).Body);
        (await admin.PostAsync("/api/reports/OUT-1/end", new { end = Now.AddDays(-32) }, "end-1")).ExpectProblem(409, "idempotency-conflict");
    }

    // 20 working days by law from 60 days ago: over by now. A procedure of nearly all that time gives the days back.
    [Fact]
    public async Task ASuspensionBegunElsewhereAndReportedLateMovesTheDeadlineAndWithdrawsTheCard()
    {
        var officer = await town.StaffAsync("officer");
        (await StartAsync(officer, "OUT-2", Now.AddDays(-60))).Expect(201);
        await Until.Holds("the red card", () => CardsAsync("OUT-2"), cards => cards.Any(c => c.StartsWith("red active", StringComparison.Ordinal)));
        var suspension = new { procedure = "hearing", days = 100, from = Now.AddDays(-59), to = Now.AddDays(-1) };

        (await officer.PostAsync("/api/reports/OUT-2/suspensions", suspension)).Expect(200);
        (await officer.PostAsync("/api/reports/OUT-2/suspensions", suspension)).Expect(200);

        Assert.DoesNotContain(await CardsAsync("OUT-2"), card => card.Contains("active", StringComparison.Ordinal));
        Assert.Contains(await CardsAsync("OUT-2"), card => card.StartsWith("red withdrawn", StringComparison.Ordinal));
        Assert.Single(await TypesAsync("OUT-2"), type => type == "application.suspension-recorded.v1");
    }

    [Fact]
    public async Task ASuspensionOfACaseThatIsRunHereIsEnteredAfterwardsByItsDepartmentAndTheOfficer()
    {
        var (officer, handler) = (await town.StaffAsync("officer"), await town.StaffAsync("handler.market"));
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        var early = new { procedure = "testing", days = 3, from = Now.AddDays(-1), to = Now };
        (await officer.PostAsync($"/api/reports/{number}/suspensions", early)).ExpectProblem(409, "wrong-state");
        (await handler.PostAsync($"/api/applications/{number}/accept")).Expect(200);
        (await officer.PostAsync($"/api/reports/{number}/suspensions", early)).ExpectProblem(400, "validation");
        var (from, to) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
        (await handler.PostAsync($"/api/reports/{number}/suspensions", new { procedure = "testing", days = 3, from, to })).Expect(200);
        (await (await town.StaffAsync("handler.tax")).PostAsync($"/api/reports/{number}/suspensions", new { procedure = "testing", days = 3, from, to })).ExpectProblem(403, "not-allowed");
        (await officer.PostAsync($"/api/reports/{number}/end", new { end = from })).ExpectProblem(409, "wrong-state");
        Assert.Contains("application.suspension-recorded.v1", await TypesAsync(number));
    }

    [Fact]
    public async Task AnEventBeforeTheStartIsRecordedAndFoundAndSayingItAgainChangesNothing()
    {
        var admin = await town.StaffAsync("admin");
        (await StartAsync(admin, "OUT-3", Now.AddDays(-2))).Expect(201);
        (await StartAsync(admin, "OUT-3", Now.AddDays(-2))).Expect(201);
        (await StartAsync(admin, "OUT-3", Now.AddDays(-3))).ExpectProblem(409, "wrong-state");
        var decision = new { time = Now.AddDays(-3), activity = "审批", resource = "r1", milestone = "approval", materials = new[] { "身份证" } };

        (await admin.PostAsync("/api/reports/OUT-3/activities", decision)).Expect(200);
        (await admin.PostAsync("/api/reports/OUT-3/activities", decision)).Expect(200);

        Assert.Single(await TypesAsync("OUT-3"), type => type == "application.start-reported.v1");
        Assert.Single(await TypesAsync("OUT-3"), type => type == "application.activity-reported.v1");
        var found = (await (await town.StaffAsync("officer")).GetAsync("/api/supervision/findings?application=OUT-3")).Expect(200).Items;
        Assert.Contains("eventBeforeStart", found.Select(f => f["kind"]!.GetValue<string>()));
        Assert.Contains((await admin.GetAsync("/api/applications/OUT-3/timeline")).Expect(200).Items, e => e["actor"]!.GetValue<string>() == "admin");
    }

    [Theory]
    [InlineData("""{"number":"OUT-9","item":"nothing","start":"2026-01-05T00:00:00Z"}""", 404, "unknown-item")]
    [InlineData("""{"number":"OUT-9","item":"shop-licence","start":"1900-01-05T00:00:00Z"}""", 400, "validation")]
    [InlineData("""{"number":"OUT-9","item":"shop-licence","start":"2199-01-05T00:00:00Z"}""", 400, "validation")]
    [InlineData("""{"number":"OUT-9","item":"shop-licence","start":"2026-01-05T00:00:00Z","deadline":"1700-01-05T00:00:00Z"}""", 400, "validation")]
    [InlineData("""{"number":"9","item":"shop-licence","start":"2026-01-05T00:00:00Z"}""", 400, "validation")]
    [InlineData("""{"number":"a/b","item":"shop-licence","start":"2026-01-05T00:00:00Z"}""", 400, "validation")]
    [InlineData("""{"item":"shop-licence","start":"yesterday"}""", 400, "validation")]
    [InlineData("""{"number":"OUT-9","item":"shop-licence","start":"2026-01-05T00:00:00Z","colour":"red"}""", 400, "unknown-field")]
    [InlineData("not json", 400, "validation")]
    public async Task AWrongStartIsRefused(string body, int status, string code)
    {
        var admin = await town.StaffAsync("admin");
        (await admin.PostRawAsync("/api/reports", body)).ExpectProblem(status, code);
        (await admin.GetAsync("/api/applications/OUT-9")).ExpectProblem(404, "unknown-application");
    }

    [Theory]
    [InlineData("activities", """{"time":"1900-01-01T00:00:00Z","activity":"x"}""", "validation")]
    [InlineData("activities", """{"time":"2199-01-01T00:00:00Z","activity":"x"}""", "validation")]
    [InlineData("activities", """{"time":"2026-01-01T00:00:00Z","activity":" "}""", "validation")]
    [InlineData("activities", """{"time":"2026-01-01T00:00:00Z","activity":"x","milestone":"party"}""", "validation")]
    [InlineData("activities", """{"time":"2026-01-01T00:00:00Z","activity":"x","materials":[null]}""", "validation")]
    [InlineData("suspensions", """{"procedure":"hearing","days":0,"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "validation")]
    [InlineData("suspensions", """{"procedure":"holiday","days":1,"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "validation")]
    [InlineData("suspensions", """{"procedure":"hearing","days":1,"from":"1990-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"}""", "validation")]
    [InlineData("end", """{"end":"0001-01-01T00:00:00Z"}""", "validation")]
    [InlineData("end", """{"end":"9999-12-31T23:59:59.9999999Z"}""", "validation")]
    [InlineData("end", """{}""", "validation")]
    public async Task AWrongFactIsRefused(string fact, string body, string code)
    {
        var admin = await town.StaffAsync("admin");
        (await StartAsync(admin, "OUT-4", Now.AddDays(-2))).Expect(201);
        var before = await TypesAsync("OUT-4");
        (await admin.PostRawAsync($"/api/reports/OUT-4/{fact}", body)).ExpectProblem(400, code);
        Assert.Equal(before, await TypesAsync("OUT-4"));
    }

    [Fact]
    public async Task OnlyAdministrationAndSupervisionReportAndOnlyToKnownCases()
    {
        var (admin, head) = (await town.StaffAsync("admin"), await town.StaffAsync("head.market"));
        (await StartAsync(head, "OUT-5", Now.AddDays(-1))).ExpectProblem(403, "not-allowed");
        (await StartAsync(town.Public, "OUT-5", Now.AddDays(-1))).ExpectProblem(401, "not-signed-in");
        (await admin.PostAsync("/api/reports/OUT-5/end", new { end = Now.AddDays(-1) })).ExpectProblem(404, "unknown-application");
        (await admin.PostAsync("/api/reports/OUT-5/activities", new { time = Now.AddDays(-1), activity = "x" })).ExpectProblem(404, "unknown-application");
        (await StartAsync(admin, "OUT-5", Now.AddDays(-1))).Expect(201);
        (await head.PostAsync("/api/reports/OUT-5/end", new { end = Now.AddDays(-1) })).ExpectProblem(403, "not-allowed");
        (await head.PostAsync("/api/reports/OUT-5/suspensions", new { procedure = "hearing", days = 1, from = Now.AddHours(-2), to = Now.AddHours(-1) })).ExpectProblem(403, "not-allowed");
        (await town.Public.PostAsync("/api/reports/OUT-5/end", new { end = Now.AddDays(-1) })).ExpectProblem(401, "not-signed-in");
        var own = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        (await StartAsync(admin, own, Now.AddDays(-1))).ExpectProblem(409, "wrong-state");
    }

    private static Task<Answer> StartAsync(ApiClient caller, string number, DateTimeOffset start, DateTimeOffset? deadline = null) =>
        caller.PostAsync("/api/reports", new { number, item = "shop-licence", start, deadline });

    private async Task<string[]> CardsAsync(string number)
    {
        var cards = (await (await town.StaffAsync("officer")).GetAsync("/api/supervision/cards?limit=500")).Expect(200).Items;
        return [.. cards.Where(c => Text(c, "application") == number).Select(c => $"{Text(c, "level")} {Text(c, "state")}")];
    }

    private async Task<string[]> TypesAsync(string number) =>
        [.. (await (await town.StaffAsync("admin")).GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items.Select(e => Text(e, "type"))];

    private static string Text(JsonNode node, string member) => string.Create(CultureInfo.InvariantCulture, $"{node[member]!.GetValue<string>()}");
}
