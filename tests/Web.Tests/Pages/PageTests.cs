using Microsoft.Playwright;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Pages;

/// <summary>The pages in a real browser, before the real server.</summary>
public sealed class PageTests(MortalTown town, Chromium chromium) : IClassFixture<MortalTown>
{
    [Fact]
    public async Task ACalledTicketShowsOnTheHallDisplayWithoutAReload()
    {
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.OpenAsync("/hall/shilong");
        await visitor.IsLiveAsync();
        var desk = await town.DeskAsync(4);

        var call = (await desk.CallAsync(await town.TakeTicketAsync("tax"))).Expect(200).Json;

        var calling = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Now calling" });
        await calling.GetByText(call["ticket"]!["number"]!.GetValue<string>()).First.WaitForAsync();
        await calling.GetByText("Counter 4").First.WaitForAsync();
        visitor.AssertNoComplaints();
        (await desk.FinishAsync()).Expect(200);
    }

    [Fact]
    public async Task ATicketAndAnAcceptedCaseShowOnTheWallboardWithoutAReload()
    {
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.OpenAsync("/wall/441900102");
        await visitor.IsLiveAsync();
        var desk = await town.DeskAsync(5);
        var row = visitor.Page.GetByRole(AriaRole.Row, new() { Name = "Shilong Service Hall" });
        var waiting = await Waiting() + 1;

        var id = await town.TakeTicketAsync("permits");
        await Until.Holds("one more waiting on the wallboard", Waiting, count => count == waiting);
        (await desk.CallAsync(id)).Expect(200);
        await Until.Holds("one less waiting on the wallboard", Waiting, count => count == waiting - 1);

        var overview = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Overview" });
        var before = await AcceptedToday();
        var number = (await town.ApplyAsync("social-card")).Text("acceptanceNumber");
        (await (await town.StaffAsync("head.social")).PostAsync($"/api/applications/{number}/accept")).Expect(200);
        await Until.Holds("one more accepted on the wallboard", AcceptedToday, count => count == before + 1);
        visitor.AssertNoComplaints();
        (await desk.FinishAsync()).Expect(200);

        async Task<int> Waiting() => Number(await row.GetByRole(AriaRole.Cell).First.InnerTextAsync());
        async Task<int> AcceptedToday() => Number(await overview.Locator("div", new() { HasText = "Accepted today" }).Locator("dd").First.InnerTextAsync());
    }

    [Fact]
    public async Task AClerkSignsInOpensTheCounterCallsAndServes()
    {
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.OpenAsync("/counter");
        await visitor.SignInAsync("clerk3");
        await visitor.IsLiveAsync();
        await visitor.PressAsync("Open");
        var number = (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "market" })).Expect(201).Text("number");

        await visitor.PressAsync("Call next");
        var active = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Current ticket" });
        await active.GetByText(number, new() { Exact = true }).WaitForAsync();
        await visitor.PressAsync("Start");
        await active.GetByText("Being served").WaitForAsync();
        await visitor.PressAsync("Finish");
        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByText("Completed").ClickAsync();
        if (await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "OK" }).IsVisibleAsync())
            await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "OK" }).ClickAsync();

        await active.GetByText("No ticket called").WaitForAsync();
        visitor.AssertNoComplaintsButSigningIn();
    }

    [Fact]
    public async Task AVisitorTakesATicketAtTheKiosk()
    {
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.OpenAsync("/kiosk/shilong");
        await visitor.IsLiveAsync();
        var service = (await town.Public.GetAsync("/api/halls")).Items[0]["services"]!.AsArray()
            .Single(s => s!["id"]!.GetValue<string>() == "civil")!["name"]!["en"]!.GetValue<string>();

        await visitor.PressAsync(service);
        await visitor.PressAsync("Ordinary");

        var slip = visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Your number" });
        var number = (await slip.GetByRole(AriaRole.Heading).Locator("strong").InnerTextAsync()).Trim();
        Assert.StartsWith("A", number, StringComparison.Ordinal);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "open my ticket" }).ClickAsync();
        await visitor.SeesAsync(number);
        await visitor.SeesAsync("Waiting");
        visitor.AssertNoComplaints();
    }

    [Fact]
    public async Task TheLanguageIsSwitchedOnThePageAndKept()
    {
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.OpenAsync("/hall/shilong");
        await visitor.SeesAsync("Now calling");

        await visitor.PressAsync("中文");

        await visitor.SeesAsync("石龙镇政务服务大厅");
        Assert.Equal("zh-CN", await visitor.Page.EvaluateAsync<string>("document.documentElement.lang"));
        await visitor.Page.ReloadAsync();
        await visitor.SeesAsync("石龙镇政务服务大厅");
        await visitor.PressAsync("English");
        await visitor.SeesAsync("Shilong Service Hall");
        visitor.AssertNoComplaints();
    }

    [Fact]
    public async Task AnAddressWithoutAPageSaysSo()
    {
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.OpenAsync("/nothing/here");
        await visitor.SeesAsync("There is no such page");
        visitor.AssertNoComplaints();
    }

    [Fact]
    public async Task ALostFeedIsSaidWithSinceWhenAndHealsByItself()
    {
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.OpenAsync("/hall/shilong");
        await visitor.IsLiveAsync();

        await town.KillAsync();
        await visitor.SeesAsync("No data since");
        await town.RestartAsync();

        await visitor.IsLiveAsync();
        var number = (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "social" })).Expect(201);
        var desk = await town.DeskAsync(2);
        (await desk.CallAsync(number.Text("id"))).Expect(200);
        await visitor.SeesAsync(number.Text("number"));
        (await desk.FinishAsync()).Expect(200);
        // A browser writes down by itself that it could not connect; nothing else may be amiss.
        Assert.DoesNotContain(visitor.Complaints, c => !c.Contains("ERR_", StringComparison.Ordinal) && !c.Contains("WebSocket", StringComparison.Ordinal));
    }

    private static int Number(string text) => int.Parse(text.Trim(), System.Globalization.CultureInfo.InvariantCulture);
}
