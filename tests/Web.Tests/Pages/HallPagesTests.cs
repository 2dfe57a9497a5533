using Microsoft.Playwright;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Pages;

/// <summary>The hall's voice, its visitors' ratings and its figures, in a real browser.</summary>
public sealed class HallPagesTests(TownFixture town, Chromium chromium) : IClassFixture<TownFixture>
{
    /// <summary>A voice that notes what it is asked to say and ends each sentence when the test says so.</summary>
    internal const string Voice = """
        window.said = []; window.open_ = [];
        Object.defineProperty(window, 'speechSynthesis', { value: {
          speak: u => { said.push(u.lang + ' ' + u.text); open_.push(u); },
          cancel: () => { for (const u of open_.splice(0)) u.onerror(); },
        } });
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        """;

    [Fact]
    public async Task TheDisplaySpeaksOneCallAtATimeInBothLanguages()
    {
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.Page.AddInitScriptAsync(Voice);
        await visitor.OpenAsync("/hall/shilong");
        await visitor.IsLiveAsync();
        await visitor.PairAsync(town, "Lobby");
        var (first, second) = (await town.DeskAsync(4), await town.DeskAsync(3));

        (await first.CallAsync(await town.TakeTicketAsync("tax"))).Expect(200);
        (await second.CallAsync(await town.TakeTicketAsync("market"))).Expect(200);
        await visitor.Page.WaitForFunctionAsync("document.querySelectorAll('[role=log] li').length === 2");
        // A display speaks once the hall has given it the zone's voice, which may be after both calls show.
        await visitor.Page.WaitForFunctionAsync("said.length > 0");

        Assert.Equal(1, await visitor.Page.EvaluateAsync<int>("said.length"));
        for (var i = 0; i < 8; i++)
        {
            await visitor.Page.WaitForFunctionAsync("open_.length > 0");
            Assert.Equal(1, await visitor.Page.EvaluateAsync<int>("open_.length"));
            await visitor.Page.EvaluateAsync("open_.shift().onend()");
        }

        await visitor.Page.WaitForFunctionAsync("document.querySelector('[role=log]').dataset.heard === '4'");
        var said = await visitor.Page.EvaluateAsync<string[]>("said");
        Assert.Equal(["zh-CN", "en-GB", "zh-CN", "en-GB"], said.Take(4).Select(words => words.Split(' ')[0]));
        Assert.Contains("4号窗口", said[0], StringComparison.Ordinal);
        Assert.Contains("Counter 4", said[1], StringComparison.Ordinal);
        (await first.FinishAsync()).Expect(200);
        (await second.FinishAsync()).Expect(200);
    }

    [Fact]
    public async Task AVisitorRatesAndAnOfficerAnswersTheBadGrade()
    {
        var desk = await town.DeskAsync(6);
        var id = await town.TakeTicketAsync("social");
        var number = (await desk.CallAsync(id)).Expect(200).Json["ticket"]!["number"]!.GetValue<string>();
        (await desk.FinishAsync()).Expect(200);
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.OpenAsync("/t/" + id);
        await visitor.Page.GetByLabel("Remark (optional)").FillAsync("Nobody looked up.");
        await visitor.PressAsync("Dissatisfied");
        await visitor.Page.GetByText("Thank you for your rating.").WaitForAsync();

        await using var officer = await chromium.VisitAsync(town.Address);
        await officer.OpenAsync("/hall/shilong/figures");
        await officer.SignInAsync("officer");
        var row = officer.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = number });
        await row.GetByLabel("Answer").FillAsync("We spoke with the clerk.");
        await row.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await row.GetByText("Answered").WaitForAsync();
        await officer.Page.GetByRole(AriaRole.Row, new() { Name = "All services" }).WaitForAsync();
        visitor.AssertNoComplaints();
        officer.AssertNoComplaintsButSigningIn();
    }

    [Fact]
    public async Task AVisitorBooksATimeAndGivesItUp()
    {
        await using var visitor = await chromium.VisitAsync(town.Address, "zh-CN");
        await visitor.OpenAsync("/book/shilong");
        await visitor.Page.GetByLabel("业务").SelectOptionAsync("permits");
        await visitor.Page.GetByRole(AriaRole.Radio).First.CheckAsync();
        await visitor.Page.GetByLabel("姓名").FillAsync("韩梅梅");
        await visitor.Page.GetByLabel("证件号码").FillAsync("?");
        await visitor.Page.GetByLabel("电话（选填）").FillAsync("13800000000");
        // This town has no channel to a telephone.
        Assert.Equal("", await visitor.Page.GetByRole(AriaRole.Status).Last.InnerTextAsync());
        await visitor.PressAsync("预约");
        await visitor.SeesAsync("证件号码：填写有误，请核对。");
        await visitor.Page.GetByLabel("证件号码").FillAsync("441900199203040011");
        await visitor.PressAsync("预约");

        await visitor.SeesAsync("已预约");
        var id = visitor.Page.Url.Split('/')[^1];
        Assert.Equal("open", (await town.Public.GetAsync("/api/appointments/" + id)).Expect(200).Text("state"));
        await visitor.PressAsync("取消预约");
        await visitor.SeesAsync("已取消");

        Assert.Equal("cancelled", (await town.Public.GetAsync("/api/appointments/" + id)).Expect(200).Text("state"));
        // A browser writes down each refusal.
        Assert.All(visitor.Complaints, complaint => Assert.Contains("400", complaint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(360, 780, "en")]
    [InlineData(1920, 1080, "zh-CN")]
    [InlineData(3840, 2160, "en")]
    public async Task TheBookingFitsTheScreen(int width, int height, string language)
    {
        await using var visitor = await chromium.VisitAsync(town.Address, language);
        await visitor.Page.SetViewportSizeAsync(width, height);
        await visitor.OpenAsync("/book/shilong");
        await visitor.Page.GetByRole(AriaRole.Radio).First.WaitForAsync();

        Assert.True(await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        visitor.AssertNoComplaints();
        if (Environment.GetEnvironmentVariable("ONESTOP_SCREENSHOTS") is { Length: > 0 } folder)
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"booking-{width}.png") });
    }

    [Theory]
    [InlineData(360, 780)]
    [InlineData(3840, 2160)]
    public async Task TheFiguresFitTheScreen(int width, int height)
    {
        await using var officer = await chromium.VisitAsync(town.Address);
        await officer.Page.SetViewportSizeAsync(width, height);
        await officer.OpenAsync("/hall/shilong/figures");
        await officer.SignInAsync("officer");
        await officer.Page.GetByRole(AriaRole.Row, new() { Name = "All services" }).WaitForAsync();

        Assert.True(await officer.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        if (Environment.GetEnvironmentVariable("ONESTOP_SCREENSHOTS") is { Length: > 0 } folder)
            await officer.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"figures-{width}.png") });
    }
}
