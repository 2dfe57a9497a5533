using System.Globalization;
using Microsoft.Playwright;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Pages;

/// <summary>A recorded day replayed with changes (H13), as an officer asks for it.</summary>
public sealed class WhatIfPageTests(WhatIfPageTests.ServedTown town, Chromium chromium) : IClassFixture<WhatIfPageTests.ServedTown>
{
    [Fact]
    public async Task ADayShowsAsItWasAndAnOfficerComparesItWithAChangeByKeyboardAlone()
    {
        await using var officer = await OpenAsync("en");
        var results = officer.Page.GetByRole(AriaRole.Region, new() { Name = "Results" });
        await results.GetByRole(AriaRole.Row, new() { Name = "Visitors called 9 9 9" }).WaitForAsync();
        Assert.Equal("2", await officer.Page.GetByLabel("Counters open").InputValueAsync());
        Assert.Equal("15", await officer.Page.GetByLabel("Head start of the green channel (minutes)").InputValueAsync());

        await officer.Page.GetByLabel("Counters open").FocusAsync();
        await officer.Page.Keyboard.PressAsync("Control+A");
        await officer.Page.Keyboard.TypeAsync("0");
        await officer.SeesAsync("press Run for new results");
        await officer.Page.Keyboard.PressAsync("Enter");

        await officer.SeesAsync("9 visitors would never have been called.");
        await results.GetByRole(AriaRole.Row, new() { Name = "Visitors called 9 9 0" }).WaitForAsync();
        // A wait that never ended is not shown as none.
        Assert.Contains("–", await results.GetByRole(AriaRole.Row, new() { Name = "Longest wait" }).First.InnerTextAsync(), StringComparison.Ordinal);
        await results.GetByRole(AriaRole.Rowheader, new() { Name = "Green channel" }).WaitForAsync();
        await officer.PressAsync("As it was");
        await results.GetByRole(AriaRole.Row, new() { Name = "Visitors called 9 9 9" }).WaitForAsync();
        officer.AssertNoComplaintsButSigningIn();
    }

    [Fact]
    public async Task APolicyIsTriedWithARatioAndWhatIsWrongWithOneIsSaid()
    {
        await using var officer = await OpenAsync("zh-CN");
        await officer.Page.GetByLabel("绿色通道提前（分钟）").FillAsync("0");
        await officer.PressAsync("增加比例");
        await officer.Page.GetByLabel("次数").FillAsync("2");
        await officer.PressAsync("推演");
        var results = officer.Page.GetByRole(AriaRole.Region, new() { Name = "结果" });
        await results.GetByRole(AriaRole.Row, new() { Name = "办理人数 9 9 9" }).WaitForAsync();
        await officer.Page.GetByRole(AriaRole.Radio, new() { Name = "等候中位数" }).CheckAsync();

        await officer.Page.GetByLabel("预约提前（分钟）").FillAsync("6000");
        await officer.Page.GetByLabel("后叫一次").SelectOptionAsync("ordinary");
        await officer.PressAsync("推演");

        var alert = officer.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "填写的内容有误" });
        await alert.WaitForAsync();
        Assert.Equal(
            ["预约提前（分钟）：应在 0 到 240 之间。", "第 1 条比例，后叫一次：与另一项重复，请改为不同的值。"],
            await alert.GetByRole(AriaRole.Listitem).AllInnerTextsAsync());
        Assert.Equal(0, await results.GetByRole(AriaRole.Table).CountAsync());
    }

    [Theory]
    [InlineData("zh-CN", "开放窗口数：应在 0 到 500 之间。", "等候满多少分钟后优先（空为不启用）：应大于 0，不超过 1,440。", "第 1 条比例，次数：应在 1 到 63 之间。")]
    [InlineData("en", "Counters open: from 0 to 500.", "First once waiting so many minutes (empty: never): more than 0, at most 1,440.", "Ratio 1, how many: from 1 to 63.")]
    public async Task EveryRefusalIsInTheLanguageOfThePage(string language, string ofCounters, string ofFirst, string ofRatio)
    {
        await using var officer = await OpenAsync(language);
        var numbers = officer.Page.Locator("input[type=number]");
        await numbers.Nth(3).FillAsync("1500");
        await officer.Page.Locator("fieldset button.quiet").Last.ClickAsync();
        await numbers.Nth(4).FillAsync("0");
        await officer.Page.Locator("button[type=submit]").ClickAsync();
        await officer.SeesAsync(ofFirst);
        await officer.SeesAsync(ofRatio);
        await ScreenshotsAsync(officer, "what-if-refused", language);

        await numbers.Nth(0).FillAsync("501");
        await officer.Page.Locator("button[type=submit]").ClickAsync();
        await officer.SeesAsync(ofCounters);

        Assert.Equal(1, await officer.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Listitem).CountAsync());
    }

    [Fact]
    public async Task ADayWithoutVisitorsAndAClerkAreRefusedInWordsNotWithEmptyResults()
    {
        await using var officer = await OpenAsync("en");
        await officer.Page.GetByLabel("Day", new() { Exact = true }).FillAsync("2020-02-03");
        await officer.SeesAsync("Nobody was served in the hall on this day.");
        Assert.Equal(0, await officer.Page.GetByRole(AriaRole.Table).CountAsync());

        await using var clerk = await chromium.VisitAsync(town.Address);
        await clerk.OpenAsync("/hall/shilong/what-if");
        await clerk.SignInAsync("clerk1");
        await clerk.SeesAsync("You are not allowed to do this.");
        Assert.Equal(0, await clerk.Page.GetByRole(AriaRole.Table).CountAsync());
    }

    [Theory]
    [InlineData(360, 780, "en")]
    [InlineData(360, 780, "zh-CN")]
    [InlineData(1920, 1080, "en")]
    [InlineData(1920, 1080, "zh-CN")]
    [InlineData(3840, 2160, "en")]
    [InlineData(3840, 2160, "zh-CN")]
    public async Task TheComparisonFitsTheScreen(int width, int height, string language)
    {
        await using var officer = await OpenAsync(language, width, height);
        await officer.Page.Locator("#compare").WaitForAsync();
        await officer.Page.Locator("input[type=number]").First.FillAsync("4");
        await officer.Page.Locator("button[type=submit]").ClickAsync();
        await officer.Page.Locator("section[aria-busy=false] .chart svg").WaitForAsync();

        Assert.True(await officer.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        if (Environment.GetEnvironmentVariable("ONESTOP_SCREENSHOTS") is not { Length: > 0 } folder) return;
        var name = string.Create(CultureInfo.InvariantCulture, $"what-if-{width}-{language}.png");
        await officer.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
    }

    private static async Task ScreenshotsAsync(Visitor officer, string page, string language)
    {
        foreach (var width in new[] { 360, 1920, 3840 })
        {
            await officer.Page.SetViewportSizeAsync(width, width == 360 ? 780 : width * 9 / 16);
            Assert.True(await officer.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
            if (Environment.GetEnvironmentVariable("ONESTOP_SCREENSHOTS") is not { Length: > 0 } folder) continue;
            var name = string.Create(CultureInfo.InvariantCulture, $"{page}-{width}-{language}.png");
            await officer.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
        }
    }

    private async Task<Visitor> OpenAsync(string language, int width = 1600, int height = 900)
    {
        // The sign-in page is asked for in English, the page then speaks its own language.
        var officer = await chromium.VisitAsync(town.Address, "en");
        await officer.Page.SetViewportSizeAsync(width, height);
        await officer.OpenAsync("/sign-in");
        await officer.SignInAsync("officer");
        await officer.Page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        await officer.OpenAsync($"/hall/shilong/what-if?lang={language[..2]}");
        return officer;
    }

    /// <summary>The sample town, where nine visitors of three services and all segments were served at two counters today.</summary>
    public sealed class ServedTown : TownFixture
    {
        protected override async Task PrepareAsync()
        {
            foreach (var service in new[] { "tax", "market", "social" })
                foreach (var segment in new[] { "ordinary", "ordinary", "green" })
                    (await Public.PostAsync("/api/halls/shilong/tickets", new { service, segment })).Expect(201);
            foreach (var number in new[] { 7, 8 })
            {
                var desk = await DeskAsync(number);
                for (var left = number == 7 ? 5 : 4; left > 0; left--)
                {
                    (await desk.DoAsync("call-next")).Expect(200);
                    (await desk.FinishAsync()).Expect(200);
                }
            }
        }
    }
}
