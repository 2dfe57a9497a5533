using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

public sealed class ApplicationTests(TownFixture town) : IClassFixture<TownFixture>
{
    [Fact]
    public async Task AReceiptHasTheNumbersAndTheQueryCode()
    {
        var first = await town.ApplyAsync("shop-licence");
        var second = await town.ApplyAsync("marriage-record");

        Assert.Equal("received", first.Text("state"));
        Assert.NotEmpty(first.Text("queryCode"));
        Assert.NotEqual(first.Text("acceptanceNumber"), second.Text("acceptanceNumber"));
        // One number (一号制): the same person, whatever is applied for.
        Assert.Equal(first.Text("registrationNumber"), second.Text("registrationNumber"));
        Assert.NotNull(first.Json["provisional"]);
    }

    [Fact]
    public async Task TheApplicantSeesTheCaseByItsQueryCodeWithoutNames()
    {
        var receipt = await town.ApplyAsync("shop-licence");
        var number = receipt.Text("acceptanceNumber");
        await AcceptAsync(number);
        var handler = await town.StaffAsync("handler.market");
        (await handler.PostAsync($"/api/tasks/{number}.review/claim")).Expect(200);

        var seen = (await town.Public.GetAsync("/api/applications/" + number, ("X-Query-Code", receipt.Text("queryCode")))).Expect(200);

        Assert.Equal(number, seen.Text("acceptanceNumber"));
        Assert.Equal("shop-licence", seen.Text("item"));
        Assert.Equal("green", seen.Text("light"));
        Assert.Equal(["review", "approve"], seen.Json["steps"]!.AsArray().Select(s => s!["id"]!.GetValue<string>()));
        Assert.DoesNotContain("handler.market", seen.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("李雷", seen.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongQueryCodeAndAnUnknownNumberAreToldAlike()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");

        var wrong = await town.Public.GetAsync("/api/applications/" + number, ("X-Query-Code", "00000000"));
        var none = await town.Public.GetAsync("/api/applications/" + number);
        var unknown = await town.Public.GetAsync("/api/applications/A00000000XXXX", ("X-Query-Code", "00000000"));

        wrong.ExpectProblem(404, "unknown-application");
        Assert.Equal(wrong.Body, none.Expect(404).Body);
        Assert.Equal(wrong.Body.Replace(number, "A00000000XXXX", StringComparison.Ordinal), unknown.Expect(404).Body);
    }

    [Fact]
    public async Task ACaseGoesFromReceiptThroughItsStepsToDelivery()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        var handler = await town.StaffAsync("handler.market");
        var head = await town.StaffAsync("head.market");

        var accepted = await AcceptAsync(number);
        Assert.Contains(accepted.Text("state"), new[] { "accepted", "handling" });
        Assert.NotNull(accepted.Json["dueAt"]);

        var inbox = await InboxAsync(handler, "department=market&state=open", number);
        Assert.Equal($"{number}.review", inbox["id"]!.GetValue<string>());
        (await handler.PostAsync($"/api/tasks/{number}.review/claim")).Expect(200);
        Assert.Equal("handler.market", (await InboxAsync(handler, "mine=true", number))["claimedBy"]!.GetValue<string>());
        (await handler.PostAsync($"/api/tasks/{number}.review/release")).Expect(200);
        (await handler.PostAsync($"/api/tasks/{number}.review/claim")).Expect(200);
        (await handler.PostAsync($"/api/tasks/{number}.review/complete", new { outcome = "approved", opinion = "材料齐全" })).Expect(200);

        (await head.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).ExpectProblem(409, "steps-open");
        (await head.PostAsync($"/api/tasks/{number}.approve/complete", new { outcome = "approved" })).Expect(200);
        Assert.Equal("decided", (await head.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).Expect(200).Text("state"));
        Assert.Equal("delivered", (await head.PostAsync($"/api/applications/{number}/deliver")).Expect(200).Text("state"));

        var timeline = (await head.GetAsync($"/api/applications/{number}/timeline")).Expect(200);
        Assert.Equal(Enumerable.Range(1, timeline.Items.Length), timeline.Items.Select(e => e["seq"]!.GetValue<int>()));
        Assert.Contains("材料齐全", timeline.Body, StringComparison.Ordinal);
        Assert.Contains(timeline.Items, e => e["actor"]!.GetValue<string>() == "handler.market");
    }

    [Fact]
    public async Task EachClockNamesItsDays()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        await AcceptAsync(number);
        var head = await town.StaffAsync("head.market");

        var clocks = (await head.GetAsync($"/api/applications/{number}/deadlines")).Expect(200).Items;

        var statutory = Assert.Single(clocks, c => c["kind"]!.GetValue<string>() == "statutory");
        Assert.NotNull(statutory["dueAt"]);
        Assert.Contains(clocks, c => c["kind"]!.GetValue<string>() == "committed");
        Assert.NotEmpty(statutory.AsObject().Select(member => member.Value).OfType<JsonArray>());
    }

    [Fact]
    public async Task CorrectionsAreAskedForOnceOnly()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        var handler = await town.StaffAsync("handler.market");

        Assert.Equal("correcting", (await handler.PostAsync($"/api/applications/{number}/correct", new { missing = new[] { "身份证" } })).Expect(200).Text("state"));
        (await handler.PostAsync($"/api/applications/{number}/supplement", new { materials = new[] { "身份证" } })).Expect(200);
        var before = await ViewAsync(number);

        (await handler.PostAsync($"/api/applications/{number}/correct", new { missing = new[] { "照片" } })).ExpectProblem(409, "already-corrected");

        Assert.Equal(before, await ViewAsync(number));
    }

    [Fact]
    public async Task AStepOfAnotherDepartmentIsNotOnesOwn()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        await AcceptAsync(number);
        var before = await ViewAsync(number);
        var stranger = await town.StaffAsync("handler.civil");

        (await stranger.PostAsync($"/api/tasks/{number}.review/complete", new { outcome = "approved" })).ExpectProblem(403, "not-allowed");
        (await stranger.PostAsync($"/api/tasks/{number}.review/claim")).ExpectProblem(403, "not-allowed");

        Assert.Equal(before, await ViewAsync(number));
    }

    [Fact]
    public async Task ASpecialProcedureSuspendsTheCaseAndEndsWithResumption()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        await AcceptAsync(number);
        var head = await town.StaffAsync("head.market");

        Assert.Equal("suspended", (await head.PostAsync($"/api/applications/{number}/suspend", new { procedure = "inspection", days = 3 })).Expect(200).Text("state"));
        Assert.NotEqual("suspended", (await head.PostAsync($"/api/applications/{number}/resume")).Expect(200).Text("state"));
        (await head.PostAsync($"/api/applications/{number}/resume")).ExpectProblem(409, "wrong-state");
    }

    [Theory]
    [InlineData("1900-01-01T00:00:00+08:00")]
    [InlineData("0001-01-01T00:00:00+00:00")]
    [InlineData("9999-12-31T23:59:59+00:00")]
    public async Task AProcedureDoesNotBeginInAnotherCentury(string from)
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        await AcceptAsync(number);
        var head = await town.StaffAsync("head.market");
        var before = await ViewAsync(number);

        var answer = await head.PostAsync($"/api/applications/{number}/suspend", new { procedure = "hearing", days = 3, from });

        Assert.InRange(answer.Status, 400, 422);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(before, await ViewAsync(number));
    }

    [Fact]
    public async Task RefusalNeedsABasisAndEndsTheCase()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        var handler = await town.StaffAsync("handler.market");

        var incomplete = (await handler.PostAsync($"/api/applications/{number}/refuse", new { })).ExpectProblem(400, "validation");
        Assert.Equal(["/basis required", "/reason required"], incomplete.Faults.Order());
        Assert.Equal("refused", (await handler.PostAsync($"/api/applications/{number}/refuse", new { basis = "第三十二条", reason = "不属于本机关职权范围" })).Expect(200).Text("state"));
        (await handler.PostAsync($"/api/applications/{number}/accept")).ExpectProblem(409, "wrong-state");
    }

    [Fact]
    public async Task TheInboxIsReadPageByPage()
    {
        var handler = await town.StaffAsync("handler.environment");
        for (var i = 0; i < 3; i++)
            (await (await town.StaffAsync("head.environment")).PostAsync(
                $"/api/applications/{(await town.ApplyAsync("discharge-permit")).Text("acceptanceNumber")}/accept")).Expect(200);

        var all = (await handler.GetAsync("/api/tasks?department=environment&state=open&limit=500")).Expect(200).Items.Select(Id).ToArray();
        var pages = new List<string>();
        string? next = null;
        do
        {
            var page = (await handler.GetAsync($"/api/tasks?department=environment&state=open&limit=2{(next is null ? "" : "&after=" + Uri.EscapeDataString(next))}")).Expect(200);
            pages.AddRange(page.Items.Select(Id));
            next = page.Json["next"]?.GetValue<string>();
        }
        while (next is not null);

        Assert.True(all.Length >= 3);
        Assert.Equal(all, pages);

        static string Id(JsonNode task) => task["id"]!.GetValue<string>();
    }

    private async Task<Answer> AcceptAsync(string number) =>
        (await (await town.StaffAsync("head.market")).PostAsync($"/api/applications/{number}/accept")).Expect(200);

    private async Task<string> ViewAsync(string number) =>
        (await (await town.StaffAsync("head.market")).GetAsync("/api/applications/" + number)).Expect(200).Body;

    private static async Task<JsonNode> InboxAsync(ApiClient staff, string query, string number) =>
        Assert.Single((await staff.GetAsync($"/api/tasks?{query}&limit=500")).Expect(200).Items, t => t["application"]!.GetValue<string>() == number);
}
