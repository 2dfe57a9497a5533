using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>Processes, forms and the catalogue over HTTP.</summary>
[Collection(nameof(SharedTown))]
public sealed class ProcessTests(MortalTown town)
{
    [Fact]
    public async Task OneBranchOfAJointCaseGoesBackAndTheOthersKeepOn()
    {
        var number = await AcceptedAsync("restaurant-opening", "market");
        await CompleteAsync(number, "premises", "construction");
        await CompleteAsync(number, "emissions", "environment");
        var before = (await (await town.StaffAsync("head.market")).GetAsync($"/api/applications/{number}")).Expect(200);
        var emissions = Step(before, "emissions").ToJsonString();
        var lead = await town.StaffAsync("handler.market");

        (await lead.PostAsync($"/api/tasks/{number}.premises/return", new { })).ExpectProblem(400, "validation");
        (await (await town.StaffAsync("handler.civil")).PostAsync($"/api/tasks/{number}.premises/return", new { reason = "x" })).ExpectProblem(403, "not-allowed");
        var after = (await lead.PostAsync($"/api/tasks/{number}.premises/return", new { reason = "消防图纸有误" })).Expect(200);

        Assert.Equal("open", Step(after, "premises")["state"]!.GetValue<string>());
        Assert.Equal(emissions, Step(after, "emissions").ToJsonString());
        await CompleteAsync(number, "premises", "construction");
        await CompleteAsync(number, "food-safety", "market");
        await CompleteAsync(number, "conclude", "market");
        Assert.Equal("decided", (await lead.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).Expect(200).Text("state"));
        var story = (await lead.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items;
        Assert.Equal("消防图纸有误", story.Single(e => e["type"]!.GetValue<string>() == "application.step-returned.v1")["data"]!["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task ALoopBringsACaseBackToTheLowerLevel()
    {
        var number = await AcceptedAsync("public-rental", "civil");
        await CompleteAsync(number, "township-check", "civil");
        await CompleteAsync(number, "county-review", "social", "returned");
        Assert.Equal("open", await StateAsync(number, "township-check"));
        await CompleteAsync(number, "township-check", "civil");
        await CompleteAsync(number, "county-review", "social");
        var head = await town.StaffAsync("head.construction");
        (await head.PostAsync($"/api/tasks/{number}.city-approval/complete", new { outcome = "approved", opinion = "同意" })).Expect(200);
        var civil = await town.StaffAsync("head.civil");
        Assert.Equal(["township-check", "township-check#2"], (await civil.GetAsync($"/api/applications/{number}/deadlines")).Expect(200).Items
            .Select(c => c["subject"]?.GetValue<string>() ?? "").Where(s => s.StartsWith("township", StringComparison.Ordinal)));
        Assert.Equal("decided", (await civil.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).Expect(200).Text("state"));
    }

    [Theory]
    [InlineData(6000, "county-approve")]
    [InlineData(500, "approve")]
    public async Task TheFormSaysWhoApproves(int amount, string step)
    {
        var number = (await ApplyAsync("temporary-relief", new { reason = "illness", amount, household = new[] { new { name = "李雷", relation = "本人" } } })).Expect(201).Text("acceptanceNumber");
        (await (await town.StaffAsync("head.civil")).PostAsync($"/api/applications/{number}/accept")).Expect(200);
        await CompleteAsync(number, "survey", "civil");
        Assert.Equal("open", await StateAsync(number, step));
    }

    [Fact]
    public async Task EveryFaultOfAFormComesAtOnce()
    {
        var refused = (await ApplyAsync("temporary-relief", new { reason = "boredom", amount = -1, household = new object[] { new { name = "" } }, car = true })).ExpectProblem(400, "validation");
        Assert.Equal(
            ["/form/amount out-of-range", "/form/car unknown-field", "/form/household/0/name out-of-range", "/form/household/0/relation required", "/form/reason not-one-of"],
            refused.Faults.Order(StringComparer.Ordinal));
        Assert.Contains("/form/place required", (await ApplyAsync("street-event", new { })).ExpectProblem(400, "validation").Faults);
        Assert.Contains("/form wrong-type", (await ApplyAsync("street-event", 5)).ExpectProblem(400, "validation").Faults);
    }

    [Theory]
    [InlineData("shop-licence", "\"\\ud83d\"", "/form malformed")]
    [InlineData("shop-licence", "{\"\\udc00\":1}", "/form malformed")]
    [InlineData("street-event", "{\"place\":\"\\ud800\"}", "/form malformed")]
    public async Task HalfACharacterInAFormIsRefused(string item, string form, string fault)
    {
        var body = $$"""{"item":"{{item}}","applicant":{"name":"李雷","idNumber":"44190019900101001X"},"form":{{form}}}""";
        Assert.Equal([fault], (await town.Public.PostRawAsync("/api/applications", body)).ExpectProblem(400, "validation").Faults);
    }

    [Fact]
    public async Task AStepIsHandedToTheHead()
    {
        var number = await AcceptedAsync("shop-licence", "market");
        var handler = await town.StaffAsync("handler.market");
        (await handler.PostAsync($"/api/tasks/{number}.review/claim")).Expect(200);
        Assert.Equal(["/to unknown-account"], (await handler.PostAsync($"/api/tasks/{number}.review/delegate", new { to = "ghost" })).ExpectProblem(400, "validation").Faults);
        (await handler.PostAsync($"/api/tasks/{number}.review/delegate", new { to = "handler.civil" })).ExpectProblem(400, "validation");
        var view = (await handler.PostAsync($"/api/tasks/{number}.review/delegate", new { to = "head.market" })).Expect(200);
        Assert.Equal("head.market", Step(view, "review")["claimedBy"]!.GetValue<string>());
    }

    [Fact]
    public async Task AConsultationBecomesAComplaintAndItsTasksFollow()
    {
        var number = (await town.ApplyAsync("enquiry")).Text("acceptanceNumber");
        var head = await town.StaffAsync("head.civil");
        (await head.PostAsync($"/api/applications/{number}/convert", new { item = "none", reason = "r" })).ExpectProblem(404, "unknown-item");
        (await head.PostAsync($"/api/applications/{number}/convert", new { item = "enquiry", reason = "r" })).ExpectProblem(400, "validation");
        Assert.Equal("complaint", (await head.PostAsync($"/api/applications/{number}/convert", new { item = "complaint", reason = "实为投诉" })).Expect(200).Text("item"));
        (await (await town.StaffAsync("head.market")).PostAsync($"/api/applications/{number}/accept")).Expect(200);
        Assert.Equal("open", await StateAsync(number, "investigate"));
        (await (await town.StaffAsync("head.market")).PostAsync($"/api/applications/{number}/convert", new { item = "shop-licence", reason = "r" })).Expect(200);
        var tasks = (await (await town.StaffAsync("head.market")).GetAsync("/api/tasks?limit=500")).Expect(200).Items
            .Where(t => t["application"]!.GetValue<string>() == number).Select(t => t["step"]!.GetValue<string>());
        Assert.DoesNotContain("investigate", tasks);
    }

    [Fact]
    public async Task AnItemSaysAllItAsksFor()
    {
        var item = (await town.Public.GetAsync("/api/items/temporary-relief")).Expect(200);
        Assert.Equal("object", item.Json["form"]!["type"]!.GetValue<string>());
        Assert.Contains("BPMNDiagram", (await town.Public.GetAsync("/api/items/temporary-relief/process")).Expect(200).Body, StringComparison.Ordinal);
        (await town.Public.GetAsync("/api/items/shop-licence/process")).ExpectProblem(404, "unknown-process");
        (await town.Public.GetAsync("/api/items/none")).ExpectProblem(404, "unknown-item");
    }

    [Fact]
    public async Task AnAdministratorImportsACatalogueAndARunningCaseMigratesWhenTold()
    {
        var admin = await town.StaffAsync("admin");
        var number = await AcceptedAsync("road-occupation", "construction");
        var before = await DueAsync(number);
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        var item = JsonNode.Parse(files["items/road-occupation.json"]!.GetValue<string>())!;
        item["committedLimit"]!["days"] = 2;
        files["items/road-occupation.json"] = item.ToJsonString();
        var refused = (await admin.PostAsync("/api/catalogue", new { files })).ExpectProblem(400, "validation");
        Assert.Equal(["/files/items~1road-occupation.json path-too-long"], refused.Faults);

        item["committedLimit"]!["days"] = 4;
        files["items/road-occupation.json"] = item.ToJsonString();
        (await (await town.StaffAsync("head.civil")).PostAsync("/api/catalogue", new { files })).ExpectProblem(403, "not-allowed");
        var versions = (await admin.PostAsync("/api/catalogue", new { files })).Expect(200).Json["items"]!.AsArray();
        Assert.Equal(2, versions.Single(v => v!["code"]!.GetValue<string>() == "road-occupation")!["version"]!.GetValue<int>());
        Assert.Equal(1, versions.Single(v => v!["code"]!.GetValue<string>() == "shop-licence")!["version"]!.GetValue<int>());
        Assert.Equal(before, await DueAsync(number));

        var tried = (await admin.PostAsync($"/api/applications/{number}/migrate", new { dryRun = true })).Expect(200);
        Assert.Equal("committed", Assert.Single(tried.Json["deadlines"]!.AsArray())!["clock"]!.GetValue<string>());
        Assert.Equal(before, await DueAsync(number));
        (await (await town.StaffAsync("head.construction")).PostAsync($"/api/applications/{number}/migrate")).ExpectProblem(403, "not-allowed");
        (await admin.PostAsync($"/api/applications/{number}/migrate")).Expect(200);
        Assert.NotEqual(before, await DueAsync(number));
        (await admin.PostAsync($"/api/applications/{number}/migrate")).ExpectProblem(409, "same-version");
    }

    [Theory]
    [InlineData("\"explanationWorkingDays\": 5", "\"explanationWorkingDays\": -5", "/files/rules~1livelihood.json out-of-range")]
    [InlineData("\"afterWorkingDays\": 2", "\"afterWorkingDays\": -2", "/files/rules~1livelihood.json out-of-range")]
    [InlineData("\"mayor\"", "\"king\"", "/files/rules~1livelihood.json malformed")]
    public async Task ARuleThatCannotBeIsRefusedAndTheOneInForceStays(string old, string @new, string fault)
    {
        var admin = await town.StaffAsync("admin");
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        var rule = files["rules/livelihood.json"]!.GetValue<string>();
        files["rules/livelihood.json"] = rule.Replace(old, @new, StringComparison.Ordinal);

        Assert.Equal([fault], (await admin.PostAsync("/api/catalogue", new { files })).ExpectProblem(400, "validation").Faults);

        Assert.Equal(rule, (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!["rules/livelihood.json"]!.GetValue<string>());
    }

    private async Task<string> AcceptedAsync(string item, string department)
    {
        var number = (await town.ApplyAsync(item)).Text("acceptanceNumber");
        (await (await town.StaffAsync("head." + department)).PostAsync($"/api/applications/{number}/accept")).Expect(200);
        return number;
    }

    private async Task CompleteAsync(string number, string step, string department, string outcome = "approved") =>
        (await (await town.StaffAsync("handler." + department)).PostAsync($"/api/tasks/{number}.{step}/complete", new { outcome, opinion = "意见" })).Expect(200);

    private async Task<string> StateAsync(string number, string step) =>
        Step((await (await town.StaffAsync("head.market")).GetAsync($"/api/applications/{number}")).Expect(200), step)["state"]!.GetValue<string>();

    private async Task<string> DueAsync(string number) =>
        (await (await town.StaffAsync("head.market")).GetAsync($"/api/applications/{number}")).Expect(200).Text("dueAt");

    private Task<Answer> ApplyAsync(string item, object form) => town.Public.PostAsync(
        "/api/applications", new { item, applicant = new { name = "李雷", idNumber = "44190019900101001X" }, form });

    private static JsonNode Step(Answer view, string id) => view.Json["steps"]!.AsArray().Single(s => s!["id"]!.GetValue<string>() == id)!;
}
