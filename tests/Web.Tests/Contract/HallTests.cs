using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

public sealed class HallTests(TownFixture town) : IClassFixture<TownFixture>
{
    [Fact]
    public async Task ATicketSaysItsNumberHowManyAreAheadAndHowLongItMayTake()
    {
        var first = (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "permits", segment = "ordinary" })).Expect(201).Json;
        var second = (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "permits", segment = "ordinary" })).Expect(201).Json;

        Assert.StartsWith("E", first["number"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEqual(first["number"]!.GetValue<string>(), second["number"]!.GetValue<string>());
        Assert.Equal(("waiting", "permits", "ordinary"), (second["state"]!.GetValue<string>(), second["service"]!.GetValue<string>(), second["segment"]!.GetValue<string>()));
        Assert.Equal(first["ahead"]!.GetValue<int>() + 1, second["ahead"]!.GetValue<int>());
        Assert.Equal("/t/" + second["id"]!.GetValue<string>(), second["url"]!.GetValue<string>());
        Assert.True(second["wait"]!["p50"]!.GetValue<double>() <= second["wait"]!["p90"]!.GetValue<double>());
    }

    [Fact]
    public async Task AClosedServiceGivesNoTicketAndWhoWaitedForItHasComeToAnEnd()
    {
        var officer = await town.StaffAsync("officer");
        var id = await town.TakeTicketAsync("social");
        (await town.Public.PostAsync("/api/halls/shilong/services/social/close")).ExpectProblem(401, "not-signed-in");

        (await officer.PostAsync("/api/halls/shilong/services/social/close")).Expect(200);
        var refused = await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "social" });
        (await officer.PostAsync("/api/halls/shilong/services/social/open")).Expect(200);

        refused.ExpectProblem(409, "service-closed");
        Assert.Equal("cancelled", (await town.Public.GetAsync("/api/tickets/" + id)).Expect(200).Text("state"));
        await town.TakeTicketAsync("social");
    }

    [Fact]
    public async Task OfficersSeeHowGoodTheEstimatesWere()
    {
        var officer = await town.StaffAsync("officer");

        var seen = (await officer.GetAsync("/api/halls/shilong/calibration")).Expect(200).Json;

        Assert.Equal(["civil", "social", "market", "tax", "permits", "enquiry"], seen["services"]!.AsArray().Select(s => s!["service"]!.GetValue<string>()));
        Assert.True(seen["overall"]!["tickets"]!.GetValue<long>() >= 0);
        (await town.Public.GetAsync("/api/halls/shilong/calibration")).ExpectProblem(401, "not-signed-in");
        (await (await town.StaffAsync("clerk5")).GetAsync("/api/halls/shilong/calibration")).ExpectProblem(403, "not-allowed");
        (await officer.GetAsync("/api/halls/nowhere/calibration")).ExpectProblem(404, "unknown-hall");
    }

    [Fact]
    public async Task TheTicketCanBeLookedUpByItsSecretIdOnly()
    {
        var taken = (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "tax" })).Expect(201).Json;

        var seen = (await town.Public.GetAsync("/api/tickets/" + taken["id"]!.GetValue<string>())).Expect(200).Json;

        Assert.Equal(taken["number"]!.GetValue<string>(), seen["number"]!.GetValue<string>());
        (await town.Public.GetAsync("/api/tickets/" + taken["number"]!.GetValue<string>())).ExpectProblem(404, "unknown-ticket");
        (await town.Public.GetAsync("/api/tickets/" + new string('x', 22))).ExpectProblem(404, "unknown-ticket");
    }

    [Fact]
    public async Task ACancelledTicketIsNotCalled()
    {
        var id = await town.TakeTicketAsync("market");
        var desk = await town.DeskAsync(3);

        Assert.Equal("cancelled", (await town.Public.PostAsync($"/api/tickets/{id}/cancel")).Expect(200).Text("state"));

        (await desk.CallAsync(id)).ExpectProblem(409, "wrong-state");
        (await town.Public.PostAsync($"/api/tickets/{id}/cancel")).ExpectProblem(409, "wrong-state");
    }

    [Fact]
    public async Task ACalledTicketStandsOnTheBoardWithItsCounterAndLeavesItWhenFinished()
    {
        var desk = await town.DeskAsync(2);
        await town.TakeTicketAsync("social");

        var call = (await desk.DoAsync("call-next")).Expect(200).Json;
        var number = call["ticket"]!["number"]!.GetValue<string>();

        Assert.Equal("called", call["ticket"]!["state"]!.GetValue<string>());
        Assert.NotEmpty(call["why"]!["rule"]!.GetValue<string>());
        Assert.NotEmpty(call["why"]!["text"]!.GetValue<string>());
        Assert.True(call["why"]!["waitedSeconds"]!.GetValue<long>() >= 0);
        await BoardAsync($"{number} called to c2", board => board["called"]!.AsArray().Any(c =>
            c!["number"]!.GetValue<string>() == number && c["counter"]!.GetValue<string>() == "c2" && c["at"] is not null));

        Assert.Equal("serving", (await desk.DoAsync("start")).Expect(200).Text("state"));
        Assert.Equal("finished", (await desk.FinishAsync()).Expect(200).Text("state"));
        await BoardAsync($"{number} gone from the board", board => board["called"]!.AsArray().All(c => c!["number"]!.GetValue<string>() != number));
    }

    [Fact]
    public async Task CallNextWithoutAnybodyWaitingHasNoContent()
    {
        var desk = await town.DeskAsync(4);
        while ((await desk.DoAsync("call-next")).Status == 200) (await desk.FinishAsync()).Expect(200);

        var nobody = (await desk.DoAsync("call-next")).Expect(204);

        Assert.Empty(nobody.Body);
    }

    [Fact]
    public async Task ACounterWithATicketIsBusy()
    {
        var desk = await town.DeskAsync(2);
        (await desk.CallAsync(await town.TakeTicketAsync("social"))).Expect(200);
        var waiting = await town.TakeTicketAsync("social");
        var before = (await town.Public.GetAsync("/api/tickets/" + waiting)).Text("state");

        (await desk.DoAsync("call-next")).ExpectProblem(409, "counter-busy");
        (await desk.CallAsync(waiting)).ExpectProblem(409, "counter-busy");
        (await desk.DoAsync("close")).ExpectProblem(409, "counter-busy");

        Assert.Equal(before, (await town.Public.GetAsync("/api/tickets/" + waiting)).Text("state"));
        (await desk.FinishAsync()).Expect(200);
    }

    [Fact]
    public async Task ACounterThatIsNotOpenCallsNobody()
    {
        var desk = await town.DeskAsync(1);
        (await desk.DoAsync("pause", new { reason = "meal" })).Expect(200);
        (await desk.DoAsync("call-next")).ExpectProblem(409, "counter-not-open");

        (await desk.DoAsync("close")).Expect(200);

        (await desk.DoAsync("call-next")).ExpectProblem(409, "counter-not-open");
        (await desk.FinishAsync()).ExpectProblem(409, "counter-not-open");
    }

    [Fact]
    public async Task FinishingNobodyIsRefused()
    {
        var desk = await town.DeskAsync(6);
        foreach (var action in new[] { "recall", "start", "no-show", "hold" })
            (await desk.DoAsync(action)).ExpectProblem(409, "wrong-state");
        (await desk.FinishAsync()).ExpectProblem(409, "wrong-state");
        (await desk.DoAsync("transfer", new { service = "civil" })).ExpectProblem(409, "wrong-state");
        (await desk.DoAsync("redirect", new { service = "civil" })).ExpectProblem(409, "wrong-state");
    }

    [Fact]
    public async Task ATicketIsCalledThreeTimesThenMarkedAsNotCome()
    {
        var desk = await town.DeskAsync(7);
        var id = await town.TakeTicketAsync("enquiry");
        (await desk.CallAsync(id)).Expect(200);

        (await desk.DoAsync("recall")).Expect(200);
        (await desk.DoAsync("recall")).Expect(200);
        (await desk.DoAsync("recall")).ExpectProblem(409, "wrong-state");

        Assert.Equal("noShow", (await desk.DoAsync("no-show")).Expect(200).Text("state"));
        Assert.Equal("noShow", (await town.Public.GetAsync("/api/tickets/" + id)).Text("state"));
    }

    [Fact]
    public async Task ATicketPutAsideIsTakenUpAgain()
    {
        var desk = await town.DeskAsync(7);
        var id = await town.TakeTicketAsync("civil");
        (await desk.CallAsync(id)).Expect(200);

        Assert.Equal("held", (await desk.DoAsync("hold")).Expect(200).Text("state"));
        Assert.Contains(id, (await desk.ViewAsync()).Json["held"]!.AsArray().Select(t => t!["id"]!.GetValue<string>()));
        (await desk.DoAsync("resume", new { ticket = id })).Expect(200);

        Assert.Equal(id, (await desk.ViewAsync()).Json["active"]!["id"]!.GetValue<string>());
        (await desk.FinishAsync()).Expect(200);
    }

    [Fact]
    public async Task ATransferredTicketKeepsItsNumberAndARedirectedOneGetsANewOne()
    {
        var desk = await town.DeskAsync(8);
        var id = await town.TakeTicketAsync("civil");
        var number = (await desk.CallAsync(id)).Expect(200).Json["ticket"]!["number"]!.GetValue<string>();

        var transferred = (await desk.DoAsync("transfer", new { service = "enquiry" })).Expect(200);
        Assert.Equal((number, "waiting", "enquiry"), (transferred.Text("number"), transferred.Text("state"), transferred.Text("service")));

        (await desk.CallAsync(id)).Expect(200);
        var redirected = (await desk.DoAsync("redirect", new { service = "permits" })).Expect(200);
        Assert.StartsWith("E", redirected.Text("number"), StringComparison.Ordinal);
        Assert.NotEqual(id, redirected.Text("id"));
        Assert.Equal("redirected", (await town.Public.GetAsync("/api/tickets/" + id)).Text("state"));
    }

    [Fact]
    public async Task ATicketHandedToAPoolIsCalledByTheCountersOfThePoolOnly()
    {
        var (one, seven) = (await town.DeskAsync(1), await town.DeskAsync(7));
        var id = await town.TakeTicketAsync("civil");
        (await one.CallAsync(id)).Expect(200);

        (await one.DoAsync("transfer", new { pool = "none" })).ExpectProblem(404, "unknown-pool");
        (await one.DoAsync("transfer", new { pool = "comprehensive", counter = "c7" })).ExpectProblem(400, "validation");
        Assert.Equal("waiting", (await one.DoAsync("transfer", new { pool = "comprehensive" })).Expect(200).Text("state"));

        (await one.CallAsync(id)).ExpectProblem(409, "wrong-state");
        (await seven.CallAsync(id)).Expect(200);
        var next = (await seven.DoAsync("redirect", new { service = "tax", pool = "comprehensive" })).Expect(200).Text("id");
        (await (await town.DeskAsync(4)).CallAsync(next)).ExpectProblem(409, "wrong-state");
        (await seven.CallAsync(next)).Expect(200);
        (await seven.FinishAsync()).Expect(200);
        var hall = Assert.Single((await town.Public.GetAsync("/api/halls")).Expect(200).Items);
        Assert.Equal("comprehensive", Assert.Single(hall["pools"]!.AsArray())!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task TheBoardCountsWhoWaitsAndHasNoPersonalData()
    {
        (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "tax", phone = "13911112222" })).Expect(201);

        var board = await BoardAsync("somebody waiting for tax", b => b["waiting"]!.AsArray().Any(w =>
            w!["service"]!.GetValue<string>() == "tax" && w["count"]!.GetValue<int>() > 0));

        Assert.Equal(6, board["waiting"]!.AsArray().Count);
        Assert.Equal(["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"], board["counters"]!.AsArray().Select(c => c!["id"]!.GetValue<string>()));
        Assert.DoesNotContain("13911112222", board.ToJsonString(), StringComparison.Ordinal);
        Assert.True(board["version"]!.GetValue<long>() >= 0);
        Assert.NotNull(board["epoch"]);
    }

    [Fact]
    public async Task TheHallsAndItemsAreListedInBothLanguages()
    {
        var hall = Assert.Single((await town.Public.GetAsync("/api/halls")).Expect(200).Items);
        var items = (await town.Public.GetAsync("/api/items")).Expect(200).Items;

        Assert.Equal("shilong", hall["id"]!.GetValue<string>());
        Assert.Equal(["civil", "social", "market", "tax", "permits", "enquiry"], hall["services"]!.AsArray().Select(s => s!["id"]!.GetValue<string>()));
        foreach (var item in new[] { "marriage-record", "shop-licence", "restaurant-opening", "housing-relief", "complaint", "enquiry" })
            Assert.Contains(items, i => i["code"]!.GetValue<string>() == item && i["name"]!["zh"] is not null && i["name"]!["en"] is not null);
    }

    private Task<JsonNode> BoardAsync(string what, Func<JsonNode, bool> will) =>
        Until.Holds("on the board: " + what, async () => (await town.Public.GetAsync("/api/halls/shilong/board")).Expect(200).Json, will);
}
