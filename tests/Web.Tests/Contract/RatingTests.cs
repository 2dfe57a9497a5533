using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

public sealed class RatingTests(TownFixture town) : IClassFixture<TownFixture>
{
    [Fact]
    public async Task AServiceIsRatedOnceAndOnlyAfterIt()
    {
        var desk = await town.DeskAsync(7);
        var id = await town.TakeTicketAsync("enquiry");
        (await RateAsync(id, "satisfied")).ExpectProblem(409, "not-served");
        (await desk.CallAsync(id)).Expect(200);
        (await RateAsync(id, "satisfied")).ExpectProblem(409, "not-served");
        (await desk.FinishAsync()).Expect(200);

        (await RateAsync(id, "splendid")).ExpectProblem(400, "validation");
        Assert.Equal("rated", (await RateAsync(id, "satisfied")).Expect(200).Text("state"));

        (await RateAsync(id, "verySatisfied")).ExpectProblem(409, "already-rated");
        (await RateAsync(new string('x', 22), "satisfied")).ExpectProblem(404, "unknown-ticket");
    }

    [Fact]
    public async Task ABadGradeIsShownToOfficersUntilItIsAnswered()
    {
        var desk = await town.DeskAsync(7);
        var id = await town.TakeTicketAsync("civil");
        (await desk.CallAsync(id)).Expect(200);
        (await desk.FinishAsync()).Expect(200);
        var officer = await town.StaffAsync("officer");

        var rated = (await town.Public.PostAsync($"/api/tickets/{id}/rate", new { grade = "dissatisfied", remark = "等了太久" })).Expect(200).Json;
        var open = (await officer.GetAsync("/api/supervision/ratings?hall=shilong&state=rectifying")).Expect(200).Items;
        var file = (await officer.GetAsync("/api/supervision/ratings/" + id)).Expect(200).Json;
        var answered = (await officer.PostAsync($"/api/supervision/ratings/{id}/rectify", new { answer = "已致歉" })).Expect(200);

        Assert.NotNull(rated["rectificationDueAt"]);
        Assert.Contains(open, r => r["ticket"]!.GetValue<string>() == id && r["clerk"]!.GetValue<string>() == "clerk7");
        Assert.Equal("等了太久", file["remark"]!.GetValue<string>());
        Assert.Equal("rectified", answered.Text("state"));
        (await officer.PostAsync($"/api/supervision/ratings/{id}/rectify", new { answer = "again" })).ExpectProblem(409, "wrong-state");
        (await town.Public.GetAsync("/api/supervision/ratings")).ExpectProblem(401, "not-signed-in");
        (await town.Public.GetAsync("/api/supervision/ratings/" + id)).ExpectProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task AVisitorsStoryRunsFromTheTicketOverItsRedirectToTheRectification()
    {
        var desk = await town.DeskAsync(7);
        var id = await town.TakeTicketAsync("enquiry");
        (await desk.CallAsync(id)).Expect(200);
        var second = (await desk.DoAsync("redirect", new { service = "tax" })).Expect(200).Text("id");
        (await desk.CallAsync(second)).Expect(200);
        (await desk.FinishAsync()).Expect(200);
        (await RateAsync(second, "dissatisfied")).Expect(200);
        var officer = await town.StaffAsync("officer");

        var story = (await officer.GetAsync($"/api/tickets/{second}/story")).Expect(200).Items.Select(e => e["type"]!.GetValue<string>().Split(".v")[0]).ToArray();
        var same = (await officer.GetAsync($"/api/tickets/{id}/story")).Expect(200).Items.Length;

        foreach (var part in new[]
        {
            "ticket.issued", "ticket.called", "counter.ticket-assigned", "counter.ticket-handed-over", "counter.service-finished", "rating.given", "rating.rectification-opened",
        })
        {
            Assert.Contains(part, story);
        }

        Assert.Equal(2, story.Count(type => type == "ticket.issued"));
        Assert.Equal(story.Length, same);
        (await town.Public.GetAsync($"/api/tickets/{id}/story")).ExpectProblem(401, "not-signed-in");
    }

    private Task<Answer> RateAsync(string id, string grade) => town.Public.PostAsync($"/api/tickets/{id}/rate", new { grade });
}
