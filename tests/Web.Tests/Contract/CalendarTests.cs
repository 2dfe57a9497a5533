using System.Globalization;
using System.Text.Json.Nodes;
using OneStop.Domain.Calendars;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>A11 and S5 over HTTP: calendars, trials and rollouts.</summary>
public sealed class CalendarTests(TownFixture town) : IClassFixture<TownFixture>
{
    private static readonly WorkingCalendar China = PublishedCalendars.China();

    [Fact]
    public async Task ADeclaredDayIsTriedOutThenMovesEveryRunningCase()
    {
        var admin = await town.StaffAsync("admin");
        var number = await AcceptedAsync();
        var before = await DueAsync(number);
        var version = (await town.Public.GetAsync("/api/calendars/cn")).Expect(200).Json["version"]!.GetValue<int>();
        var body = new { days = new[] { new { name = "汛情", date = Workday(2), isOffDay = true } } };

        (await (await town.StaffAsync("head.market")).PostAsync("/api/calendars/cn/days", body)).ExpectProblem(403, "not-allowed");
        var tried = (await admin.PostAsync("/api/calendars/cn/days?dryRun=true", body)).Expect(200);
        var trial = await FinishedAsync(tried.Text("rollout"));
        Assert.Equal(before, await DueAsync(number));
        Assert.Equal(version, (await town.Public.GetAsync("/api/calendars/cn")).Expect(200).Json["version"]!.GetValue<int>());

        var done = (await admin.PostAsync("/api/calendars/cn/days", body, "declare-1")).Expect(200);
        Assert.Equal(done.Body, (await admin.PostAsync("/api/calendars/cn/days", body, "declare-1")).Expect(200).Body);
        var rollout = await FinishedAsync(done.Text("rollout"));
        Assert.Equal(version + 1, done.Json["version"]!.GetValue<int>());
        Assert.Equal(trial["figures"]!.ToJsonString(), rollout["figures"]!.ToJsonString());
        var wanted = (await CasesAsync(tried.Text("rollout"))).Single(c => c["acceptanceNumber"]!.GetValue<string>() == number);
        var moved = wanted["deadlines"]!.AsArray().Single(d => d!["clock"]!.GetValue<string>() == "committed")!;
        Assert.Equal((DateTimeOffset.Parse(before, CultureInfo.InvariantCulture), await DueAsync(number)),
            (moved["before"]!.GetValue<DateTimeOffset>(), moved["after"]!.GetValue<string>()));
        var story = (await admin.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items;
        Assert.Equal("admin", story.Single(e => e["type"]!.GetValue<string>() == "application.deadlines-replanned.v1")["actor"]!.GetValue<string>());
        var days = (await admin.GetAsync($"/api/applications/{number}/deadlines")).Expect(200).Items.SelectMany(c => c["days"]!.AsArray());
        Assert.Contains(days, d => d!["date"]!.GetValue<string>() == body.days[0].date && d["holiday"]?.GetValue<string>() == "汛情");
        (await admin.PostAsync("/api/calendars/cn/days?dryRun=true", body)).ExpectProblem(409, "nothing-new");
        Assert.Null((await admin.PostAsync("/api/calendars/cn/days", body)).Expect(200).Json["rollout"]);
    }

    [Fact]
    public async Task AYearIsPublishedAsTheStateCouncilsFilesHaveIt()
    {
        var admin = await town.StaffAsync("admin");
        const string Year = """
            {"$schema":"https://example.org/schema.json","$id":"https://example.org/2031.json","year":2031,"papers":["https://example.org/notice"],
             "days":[{"name":"元旦","date":"2031-01-01","isOffDay":true},{"name":"元旦","date":"2030-12-28","isOffDay":false}]}
            """;
        var answer = (await admin.PostRawAsync("/api/calendars/cn/years", Year)).Expect(200);

        var calendar = (await town.Public.GetAsync("/api/calendars/cn")).Expect(200).Json;
        Assert.Contains(2031, calendar["publishedYears"]!.AsArray().Select(y => y!.GetValue<int>()));
        Assert.Contains("2030-12-28", calendar["days"]!.AsArray().Select(d => d!["date"]!.GetValue<string>()));
        await FinishedAsync(answer.Text("rollout"));
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        Assert.Contains("2031-01-01", files["calendars/cn-2031.json"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("years", """{"year":2032,"days":[{"name":"a","date":"2032-01-01","isOffDay":true},{"name":"b","date":"2032-01-01","isOffDay":false}]}""", "/days contradiction")]
    [InlineData("years", """{"year":2026,"days":[{"name":"a","date":"2026-10-01","isOffDay":false}]}""", " contradiction")]
    [InlineData("years", """{"year":2032,"days":[{"name":"a","date":"2033-01-01","isOffDay":true}]}""", "/days/0/date other-year")]
    [InlineData("years", """{"year":9999,"days":[]}""", "/year out-of-range")]
    [InlineData("years", """{"year":2032,"days":[{"name":"a","date":"2032-02-30","isOffDay":true}]}""", "/days/0/date wrong-type")]
    [InlineData("years", """{"year":2032}""", "/days required")]
    [InlineData("days", """{"days":[{"name":"a","date":"2032-01-05","isOffDay":true},{"name":"b","date":"2032-01-05","isOffDay":false}]}""", "/days/1 contradiction")]
    [InlineData("days", """{"days":[{"name":"","date":"2032-01-05","isOffDay":true}]}""", "/days/0/name required")]
    public async Task FactsThatContradictEachOtherAreRefusedWithTheirPlace(string what, string body, string fault)
    {
        var admin = await town.StaffAsync("admin");
        var before = (await town.Public.GetAsync("/api/calendars/cn")).Expect(200).Body;
        foreach (var query in (string[])["", "?dryRun=true"])
            Assert.Contains(fault, (await admin.PostRawAsync($"/api/calendars/cn/{what}{query}", body)).ExpectProblem(400, "validation").Faults);
        Assert.Equal(before, (await town.Public.GetAsync("/api/calendars/cn")).Expect(200).Body);
    }

    [Fact]
    public async Task WhatIsNotThereIsUnknown()
    {
        var admin = await town.StaffAsync("admin");
        (await town.Public.GetAsync("/api/calendars/mars")).ExpectProblem(404, "unknown-calendar");
        (await admin.PostAsync("/api/calendars/mars/days", new { days = new[] { new { name = "x", date = "2032-01-05", isOffDay = true } } })).ExpectProblem(404, "unknown-calendar");
        (await admin.GetAsync("/api/rollouts/none")).ExpectProblem(404, "unknown-rollout");
        (await admin.GetAsync("/api/rollouts/" + new string('x', 300))).ExpectProblem(404, "unknown-rollout");
        (await admin.GetAsync("/api/rollouts/none/cases")).ExpectProblem(404, "unknown-rollout");
        (await (await town.StaffAsync("clerk1")).GetAsync("/api/rollouts/none")).ExpectProblem(403, "not-allowed");
        (await admin.PostAsync("/api/items/none/rollouts/time-rule")).ExpectProblem(404, "unknown-item");
        (await (await town.StaffAsync("officer")).PostAsync("/api/items/shop-licence/rollouts/version")).ExpectProblem(403, "not-allowed");
    }

    [Fact]
    public async Task AContradictionInACatalogueIsNamedByItsFile()
    {
        var admin = await town.StaffAsync("admin");
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        files["calendars/wrong.json"] = """{"code":"cn","year":2026,"days":[{"date":"2026-10-01","name":"国庆节","isOff":false}]}""";
        files["calendars/days.json"] = """[{"calendar":"cn","date":"2033-03-03","name":"x","isOff":true},{"calendar":"cn","date":"2033-03-03","name":"x","isOff":false}]""";
        var refused = (await admin.PostAsync("/api/catalogue", new { files })).ExpectProblem(400, "validation");
        Assert.Equal(["/files/calendars~1days.json contradiction", "/files/calendars~1wrong.json contradiction"], refused.Faults.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AChangedTimeRuleAndAnotherVersionComeToRunningCasesWhenAskedFor()
    {
        var admin = await town.StaffAsync("admin");
        var number = (await town.ApplyAsync("road-occupation")).Text("acceptanceNumber");
        (await (await town.StaffAsync("head.construction")).PostAsync($"/api/applications/{number}/accept")).Expect(200);
        var before = await DueAsync(number);
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        var item = JsonNode.Parse(files["items/road-occupation.json"]!.GetValue<string>())!;
        // So early that every case is warned at once.
        item["timeRule"]!["cards"]!.AsArray().First(c => c!["level"]!.GetValue<string>() == "warning" && c["clock"]!.GetValue<string>() == "committed")!["offsetWorkingDays"] = -100;
        item["committedLimit"]!["days"] = item["committedLimit"]!["days"]!.GetValue<int>() - 1;
        files["items/road-occupation.json"] = item.ToJsonString();
        (await admin.PostAsync("/api/catalogue", new { files })).Expect(200);

        var tried = await FinishedAsync((await admin.PostAsync("/api/items/road-occupation/rollouts/time-rule?dryRun=true")).Expect(200).Text("id"));
        Assert.Equal((1, 1), (tried["figures"]!["moved"]!.GetValue<int>(), tried["figures"]!["issued"]!.GetValue<int>()));
        Assert.Equal("green", await LightAsync(number));
        await FinishedAsync((await admin.PostAsync("/api/items/road-occupation/rollouts/time-rule")).Expect(200).Text("id"));
        Assert.Equal(("warning", before), (await LightAsync(number), await DueAsync(number)));

        await FinishedAsync((await admin.PostAsync("/api/items/road-occupation/rollouts/version?dryRun=true")).Expect(200).Text("id"));
        Assert.Equal(before, await DueAsync(number));
        await FinishedAsync((await admin.PostAsync("/api/items/road-occupation/rollouts/version")).Expect(200).Text("id"));
        Assert.NotEqual(before, await DueAsync(number));
    }

    private static string Workday(int after) =>
        China.AddWorkdays(China.DateOf(DateTimeOffset.UtcNow), after).ToString("O", CultureInfo.InvariantCulture);

    private async Task<string> AcceptedAsync()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        (await (await town.StaffAsync("head.market")).PostAsync($"/api/applications/{number}/accept")).Expect(200);
        return number;
    }

    private async Task<string> DueAsync(string number) => (await (await town.StaffAsync("head.market")).GetAsync($"/api/applications/{number}")).Expect(200).Text("dueAt");

    private async Task<string> LightAsync(string number) => (await (await town.StaffAsync("head.market")).GetAsync($"/api/applications/{number}")).Expect(200).Text("light");

    // Everybody was gone to; the second look for late ones is still to come.
    private async Task<JsonNode> FinishedAsync(string rollout) => await Until.Holds(
        $"rollout {rollout} went through all cases",
        async () => (await (await town.StaffAsync("officer")).GetAsync($"/api/rollouts/{rollout}")).Expect(200).Json,
        view => view["state"]!.GetValue<string>() != "running");

    private async Task<List<JsonNode>> CasesAsync(string rollout)
    {
        var (all, admin) = (new List<JsonNode>(), await town.StaffAsync("admin"));
        for (string? after = null; ;)
        {
            var page = (await admin.GetAsync($"/api/rollouts/{rollout}/cases?limit=2{(after is null ? "" : "&after=" + after)}")).Expect(200);
            all.AddRange(page.Items);
            if (page.Json["next"]?.GetValue<string>() is not { } next) return all;
            after = next;
        }
    }
}
