using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>One case from receipt to delivery, told by its timeline alone.</summary>
[Collection(nameof(SharedTown))]
public sealed class StoryTests(MortalTown town)
{
    [Fact]
    public async Task TheTimelineTellsTheWholeStoryOfACase()
    {
        await QuickItems.DefineAsync(
            await town.StaffAsync("admin"), "story", TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2),
            QuickItems.Step("licence", "market"), QuickItems.Step("fire", "construction"));
        var number = (await town.ApplyAsync("story")).Text("acceptanceNumber");
        var (market, fire, officer) = (await town.StaffAsync("head.market"), await town.StaffAsync("handler.construction"), await town.StaffAsync("officer"));
        Task<Answer> Do(ApiClient who, string action, object? body = null) => who.PostAsync($"/api/applications/{number}/{action}", body);

        (await Do(market, "correct", new { missing = new[] { "租赁合同" } })).Expect(200);
        (await Do(market, "supplement", new { materials = new[] { "lease.pdf" } })).Expect(200);
        (await Do(market, "accept")).Expect(200);
        var red = await Until.Holds(
            "the red card",
            async () => (await officer.GetAsync("/api/supervision/cards?level=red&department=market")).Expect(200).Items.FirstOrDefault(c => c["application"]!.GetValue<string>() == number),
            card => card is not null);
        (await Do(market, "suspend", new { procedure = "expertReview", days = 3 })).Expect(200);
        (await Do(market, "resume")).Expect(200);
        (await fire.PostAsync($"/api/tasks/{number}.fire/complete", new { outcome = "approved", opinion = "消防合格" })).Expect(200);
        (await market.PostAsync($"/api/tasks/{number}.licence/complete", new { outcome = "approved", opinion = "同意" })).Expect(200);
        var path = "/api/supervision/cards/" + red!["id"]!.GetValue<string>();
        (await market.PostAsync($"{path}/explain", new { text = "专家评审耗时" })).Expect(200);
        (await officer.PostAsync($"{path}/withdraw", new { reason = "理由成立" })).Expect(200);
        (await Do(await town.StaffAsync("handler.market"), "decide", new { outcome = "granted", reason = "符合条件" })).Expect(200);
        (await Do(market, "deliver")).Expect(200);

        var story = (await officer.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items;
        Assert.Equal(
            [
                "received", "correction-requested", "supplemented", "accepted", "stage-opened", "card-issued", "suspended", "resumed", "step-completed",
                "card-explained", "card-withdrawn", "decided", "delivered",
            ],
            story.Select(Type).Where(type => type is not "told").Distinct());
        Assert.Equal(["warning", "yellow", "red"], Of(story, "card-issued").Select(data => data["level"]!.GetValue<string>()));
        Assert.Equal(["租赁合同"], Of(story, "correction-requested").Single()["missing"]!.AsArray().Select(m => m!.GetValue<string>()));
        Assert.Equal(["fire", "licence"], Of(story, "stage-opened").Single()["steps"]!.AsArray().Select(s => s!.GetValue<string>()).Order());
        Assert.Equal("expertReview", Of(story, "suspended").Single()["procedure"]!.GetValue<string>());
        Assert.Equal(["消防合格", "同意"], Of(story, "step-completed").Select(data => data["opinion"]!.GetValue<string>()));
        Assert.Equal("专家评审耗时", Of(story, "card-explained").Single()["text"]!.GetValue<string>());
        Assert.Equal("理由成立", Of(story, "card-withdrawn").Single(data => data["cause"]!.GetValue<string>() == "officer")["reason"]!.GetValue<string>());
        Assert.Equal(("granted", "符合条件"), (Of(story, "decided").Single()["outcome"]!.GetValue<string>(), Of(story, "decided").Single()["reason"]!.GetValue<string>()));
        Assert.Equal(
            ["cardIssued", "cardIssued", "cardIssued", "cardExplained", "cardWithdrawn"],
            Of(story, "told").Select(data => data["kind"]!.GetValue<string>()));
        Assert.Equal(Enumerable.Range(1, story.Length).Select(i => (long)i), story.Select(e => e["seq"]!.GetValue<long>()));
    }

    private static string Type(JsonNode entry) => entry["type"]!.GetValue<string>()["application.".Length..^".v1".Length];

    private static IEnumerable<JsonNode> Of(JsonNode[] story, string type) => story.Where(entry => Type(entry) == type).Select(entry => entry["data"]!);
}
