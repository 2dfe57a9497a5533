using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>Cards over HTTP (S6): explained, upheld, withdrawn, urged, supervised, and what is refused in each state.</summary>
public sealed class AppealTests(TownFixture town) : IClassFixture<TownFixture>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() =>
        await QuickItems.DefineAsync(await town.StaffAsync("admin"), "overdue", TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task ACardIsExplainedJudgedAndWithdrawnAndTheOneBelowItIsActiveAgain()
    {
        var (yellow, red) = await CardsAsync();
        var (head, officer) = (await town.StaffAsync("head.market"), await town.StaffAsync("officer"));

        (await officer.PostAsync($"{red}/uphold")).ExpectProblem(409, "wrong-state");
        var explained = (await head.PostAsync($"{red}/explain", new { text = "等待消防意见" })).Expect(200);
        Assert.NotNull(explained.Json["explainedAt"]);
        (await head.PostAsync($"{red}/explain", new { text = "again" })).ExpectProblem(409, "already-explained");
        Assert.NotNull((await officer.PostAsync($"{red}/uphold")).Expect(200).Json["upheldAt"]);
        (await officer.PostAsync($"{red}/uphold")).Expect(200);
        Assert.Equal("withdrawn", (await officer.PostAsync($"{red}/withdraw", new { reason = "不可抗力" })).Expect(200).Text("state"));

        (await officer.PostAsync($"{red}/withdraw", new { reason = "again" })).ExpectProblem(409, "wrong-state");
        (await officer.PostAsync($"{red}/uphold")).ExpectProblem(409, "wrong-state");
        (await head.PostAsync($"{red}/explain", new { text = "late" })).ExpectProblem(409, "wrong-state");
        var below = (await officer.GetAsync(yellow)).Expect(200);
        Assert.Equal("active", below.Text("state"));
        Assert.NotNull(below.Json["explainBy"]);
    }

    [Fact]
    public async Task OnlyThoseConcernedActAndEveryMistakeHasItsCode()
    {
        var (yellow, _) = await CardsAsync();
        var (head, officer, other) = (await town.StaffAsync("head.market"), await town.StaffAsync("officer"), await town.StaffAsync("head.tax"));

        (await other.PostAsync($"{yellow}/explain", new { text = "not mine" })).ExpectProblem(403, "not-allowed");
        (await head.PostAsync($"{yellow}/uphold")).ExpectProblem(403, "not-allowed");
        (await head.PostAsync($"{yellow}/withdraw", new { reason = "please" })).ExpectProblem(403, "not-allowed");
        (await head.PostAsync($"{yellow}/supervise", new { reason = "please" })).ExpectProblem(403, "not-allowed");
        (await (await town.StaffAsync("handler.market")).PostAsync($"{yellow}/urge")).ExpectProblem(403, "not-allowed");
        (await town.Public.PostAsync($"{yellow}/explain", new { text = "x" })).ExpectProblem(401, "not-signed-in");
        (await town.Public.GetAsync(yellow)).ExpectProblem(401, "not-signed-in");
        Assert.Equal(["/text required"], (await head.PostAsync($"{yellow}/explain", new { })).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["/text required"], (await head.PostAsync($"{yellow}/explain", new { text = "  " })).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["/text out-of-range"], (await head.PostAsync($"{yellow}/explain", new { text = new string('长', 5_001) })).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["/why unknown-field"], (await officer.PostAsync($"{yellow}/urge", new { why = "x" })).ExpectProblem(400, "unknown-field").Faults);
        (await officer.PostRawAsync($"{yellow}/withdraw", "{\"reason\":")).ExpectProblem(400, "validation");
        foreach (var action in new[] { "uphold", "urge" })
            (await officer.PostAsync($"/api/supervision/cards/none/{action}")).ExpectProblem(404, "unknown-card");
        (await officer.GetAsync("/api/supervision/cards/none")).ExpectProblem(404, "unknown-card");
        (await officer.GetAsync("/api/supervision/cards?state=lost")).ExpectProblem(400, "validation");
    }

    [Fact]
    public async Task ACaseIsUrgedAndSupervisedAndTheSameCommandAgainIsOnce()
    {
        var (yellow, red) = await CardsAsync();
        var (head, officer) = (await town.StaffAsync("head.market"), await town.StaffAsync("officer"));

        (await officer.PostAsync($"{yellow}/urge", key: "urge-1")).Expect(200);
        (await officer.PostAsync($"{yellow}/urge", key: "urge-1")).Expect(200);
        (await officer.PostAsync($"{red}/urge", key: "urge-1")).ExpectProblem(409, "idempotency-conflict");
        (await officer.PostAsync($"{red}/supervise", new { reason = "三日内办结" })).Expect(200);
        (await officer.PostAsync($"{red}/supervise", new { reason = "三日内办结" })).ExpectProblem(409, "already-supervised");

        var number = (await officer.GetAsync(red)).Text("application");
        var story = (await officer.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items;
        Assert.Single(story, e => e["type"]!.GetValue<string>() == "application.urged.v1");
        Assert.Equal("三日内办结", story.Single(e => e["type"]!.GetValue<string>() == "application.supervised.v1")["data"]!["reason"]!.GetValue<string>());
        (await head.PostAsync($"/api/applications/{number}/withdraw")).Expect(200);
        (await officer.PostAsync($"{red}/urge")).ExpectProblem(409, "wrong-state");
    }

    [Fact]
    public async Task TheSameCommandAgainIsAnsweredWithTheCardAsItFirstWas()
    {
        var (_, red) = await CardsAsync();
        var (head, officer) = (await town.StaffAsync("head.market"), await town.StaffAsync("officer"));
        var explained = (await head.PostAsync($"{red}/explain", new { text = "等待消防意见" }, key: "explain-1")).Expect(200);
        (await officer.PostAsync($"{red}/withdraw", new { reason = "不可抗力" })).Expect(200);

        var again = (await head.PostAsync($"{red}/explain", new { text = "等待消防意见" }, key: "explain-1")).Expect(200);

        Assert.Equal(explained.Json.ToJsonString(), again.Json.ToJsonString());
        Assert.Equal("active", again.Text("state"));
    }

    [Fact]
    public async Task CardsComeInPages()
    {
        await CardsAsync();
        var officer = await town.StaffAsync("officer");
        var all = (await officer.GetAsync("/api/supervision/cards?department=market&limit=500")).Expect(200).Items.Select(Id).ToList();

        var paged = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = (await officer.GetAsync("/api/supervision/cards?department=market&limit=1" + (next.Length > 0 ? "&after=" + Uri.EscapeDataString(next) : ""))).Expect(200);
            paged.AddRange(page.Items.Select(Id));
            next = page.Json["next"]?.GetValue<string>();
        }

        Assert.True(all.Count >= 3, $"{all.Count} cards");
        Assert.Equal(all, paged);
    }

    private static string Id(System.Text.Json.Nodes.JsonNode card) => card["id"]!.GetValue<string>();

    /// <summary>A case that is overdue from its acceptance on: the paths of its yellow and its red card.</summary>
    private async Task<(string Yellow, string Red)> CardsAsync()
    {
        var number = (await town.ApplyAsync("overdue")).Text("acceptanceNumber");
        (await (await town.StaffAsync("head.market")).PostAsync($"/api/applications/{number}/accept")).Expect(200);
        var officer = await town.StaffAsync("officer");
        var cards = await Until.Holds(
            "both cards of the case",
            async () => (await officer.GetAsync("/api/supervision/cards?department=market&limit=500")).Expect(200).Items
                .Where(card => card["application"]!.GetValue<string>() == number && card["level"]!.GetValue<string>() != "warning").ToList(),
            found => found.Count == 2);
        string Path(string level) => "/api/supervision/cards/" + Id(cards.Single(card => card["level"]!.GetValue<string>() == level));
        return (Path("yellow"), Path("red"));
    }
}
