using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

public sealed class SupervisionTests(TownFixture town) : IClassFixture<TownFixture>
{
    [Fact]
    public async Task TheBoardCountsAnAcceptedCaseAndADecidedOne()
    {
        var before = (await town.Public.GetAsync("/api/supervision/board?region=441900102")).Expect(200).Json;
        var number = (await town.ApplyAsync("marriage-record")).Text("acceptanceNumber");
        var head = await town.StaffAsync("head.civil");
        (await head.PostAsync($"/api/applications/{number}/accept")).Expect(200);

        await BoardAsync("one more accepted today", "acceptedToday", before["acceptedToday"]!.GetValue<int>() + 1);
        (await head.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).Expect(200);
        var after = await BoardAsync("one more completed today", "completedToday", before["completedToday"]!.GetValue<int>() + 1);

        Assert.Equal(6, after["departments"]!.AsArray().Count);
        Assert.Equal("shilong", Assert.Single(after["halls"]!.AsArray())!["hall"]!.GetValue<string>());
        Assert.NotNull(after["oldest"]);
        Assert.Equal(["green", "red", "warning", "yellow"], after["lights"]!.AsObject().Select(light => light.Key).Order());
    }

    [Fact]
    public async Task AnotherRegionIsUnknown() =>
        (await town.Public.GetAsync("/api/supervision/board?region=110000")).ExpectProblem(404, "unknown-region");

    [Fact]
    public async Task CardsAreListedForTheOfficer()
    {
        var officer = await town.StaffAsync("officer");
        var cards = (await officer.GetAsync("/api/supervision/cards?level=red&department=market&limit=10")).Expect(200).Json;
        Assert.Empty(cards["items"]!.AsArray());
        Assert.Null(cards["next"]);
        (await officer.GetAsync("/api/supervision/cards?level=purple")).ExpectProblem(400, "validation");
    }

    [Fact]
    public async Task WhoAcceptsAndDecidesAloneIsFoundByTheRuleThatCountsIt()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        var head = await town.StaffAsync("head.market");
        (await head.PostAsync($"/api/applications/{number}/accept")).Expect(200);
        foreach (var step in new[] { "review", "approve" })
            (await head.PostAsync($"/api/tasks/{number}.{step}/complete", new { outcome = "approved" })).Expect(200);

        var found = (await (await town.StaffAsync("officer")).GetAsync($"/api/supervision/findings?kind=samePersonAcceptsAndApproves&application={number}")).Expect(200);

        var finding = Assert.Single(found.Items);
        Assert.Equal(("default", 1, 1), (finding["ruleCode"]!.GetValue<string>(), finding["ruleVersion"]!.GetValue<int>(), finding["points"]!.GetValue<int>()));
        (await head.GetAsync("/api/supervision/findings?kind=gossip")).ExpectProblem(400, "validation");
        (await (await town.StaffAsync("clerk1")).GetAsync("/api/supervision/findings")).ExpectProblem(403, "not-allowed");
    }

    [Theory]
    [InlineData("/api/supervision/cards?limit=0")]
    [InlineData("/api/supervision/cards?limit=501")]
    [InlineData("/api/supervision/cards?limit=-1")]
    [InlineData("/api/supervision/cards?limit=ten")]
    [InlineData("/api/supervision/cards?limit=")]
    [InlineData("/api/tasks?limit=0")]
    [InlineData("/api/tasks?limit=501")]
    [InlineData("/api/tasks?limit=99999999999999999999")]
    [InlineData("/api/tasks?mine=perhaps")]
    [InlineData("/api/tasks?state=lost")]
    public async Task AQueryOutsideItsBoundsIsRefused(string path) =>
        (await (await town.StaffAsync("officer")).GetAsync(path)).ExpectProblem(400, "validation");

    [Fact]
    public async Task ThePathsOfTheInterfaceAreDescribed()
    {
        var document = (await town.Public.GetAsync("/openapi/v1.json")).Expect(200);

        var paths = document.Json["paths"]!.AsObject().Select(path => path.Key).ToHashSet();
        string[] counter = ["open", "pause", "close", "call-next", "call", "recall", "start", "finish", "no-show", "hold", "resume", "transfer", "redirect"];
        string[] cases = ["timeline", "deadlines", "accept", "correct", "supplement", "refuse", "suspend", "resume", "extend", "withdraw", "decide", "deliver"];
        string[] expected =
        [
            "/api/session", "/api/applications", "/api/applications/{number}", "/api/tasks", "/api/tasks/{id}/claim", "/api/tasks/{id}/release",
            "/api/tasks/{id}/complete", "/api/halls/{hall}/tickets", "/api/halls/{hall}/board", "/api/tickets/{id}", "/api/tickets/{id}/cancel",
            "/api/supervision/board", "/api/supervision/cards", "/api/supervision/findings", "/api/supervision/scores", "/api/supervision/statistics", "/api/notices", "/api/notices/{id}/read", "/api/publicity",
            "/api/deliveries", "/api/deliveries/{id}/retry",
            .. new[] { "explain", "uphold", "withdraw", "urge", "supervise" }.Select(action => "/api/supervision/cards/{id}/" + action),
            .. counter.Select(action => "/api/halls/{hall}/counters/{counter}/" + action),
            .. cases.Select(action => "/api/applications/{number}/" + action),
        ];
        Assert.Empty(expected.Except(paths));
    }

    [Fact]
    public async Task TheProgramSaysThatItLives() =>
        (await town.Public.GetAsync("/health/live")).Expect(200);

    private Task<System.Text.Json.Nodes.JsonNode> BoardAsync(string what, string figure, int wanted) => Until.Holds(
        "on the wallboard: " + what,
        async () => (await town.Public.GetAsync("/api/supervision/board")).Expect(200).Json,
        board => board[figure]!.GetValue<int>() == wanted);
}
