using System.Globalization;
using Microsoft.Playwright;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Pages;

/// <summary>Pairing a hall's displays, as a clerk in front of a display and an administrator at a desk do it.</summary>
public sealed class DisplayPagesTests(MortalTown town, Chromium chromium) : IClassFixture<MortalTown>
{
    [Fact]
    public async Task ADisplayHasNoVoiceBeforeItIsPairedAndKeepsItOverReloadAndRestart()
    {
        await using var display = await OpenAsync();
        var desk = await town.DeskAsync(4);
        var number = await CallAsync(desk, "tax");
        await KnownFailures.KnownDisplayFailuresTests.SeesCalledAsync(display, number);
        Assert.Equal(0, await display.Page.EvaluateAsync<int>("said.length"));
        await using var admin = await AdministratorAsync("en");

        await display.PressAsync("Pair this display");
        await PairByKeyboardAsync(admin, await display.CodeAsync(), "Lobby");

        await display.SeesAsync("Paired: Lobby");
        await display.Page.WaitForFunctionAsync("said.length > 0");
        Assert.Contains(string.Join(' ', number.ToCharArray()), await display.Page.EvaluateAsync<string>("said[0]"), StringComparison.Ordinal);
        await HearAsync(display);
        (await desk.FinishAsync()).Expect(200);
        await display.Page.ReloadAsync();
        await display.SeesAsync("Paired: Lobby");
        Assert.Equal(0, await display.Page.Locator(".pairing").CountAsync());

        await town.KillAsync();
        await display.SeesAsync("No data since");
        await town.RestartAsync();
        await display.IsLiveAsync();
        desk = await town.DeskAsync(3);
        number = await CallAsync(desk, "market");
        await display.Page.WaitForFunctionAsync("words => said.some(text => text.includes(words))", string.Join(' ', number.ToCharArray()));
        await display.SeesAsync("Paired: Lobby");
        await HearAsync(display);
        (await desk.FinishAsync()).Expect(200);
    }

    [Fact]
    public async Task AnUnpairedDisplayFallsSilentInTheMiddleOfItsSentenceAndMayBePairedAgain()
    {
        await using var display = await OpenAsync();
        await display.PairAsync(town, "Stairs");
        await using var admin = await AdministratorAsync("en");
        var desk = await town.DeskAsync(5);
        var number = await CallAsync(desk, "permits");
        await display.Page.WaitForFunctionAsync("open_.length === 1");

        var row = admin.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Stairs" });
        await row.GetByRole(AriaRole.Button, new() { Name = "Unpair Stairs" }).FocusAsync();
        await admin.Page.Keyboard.PressAsync("Enter");
        await row.GetByText("falls silent at once").WaitForAsync();
        // The keyboard stands on the answer to the question.
        await admin.Page.Keyboard.PressAsync("Enter");
        await admin.SeesAsync("\"Stairs\" is unpaired.");

        await display.Page.GetByRole(AriaRole.Button, new() { Name = "Pair this display" }).WaitForAsync();
        await display.Page.WaitForFunctionAsync("open_.length === 0");
        var said = await display.Page.EvaluateAsync<int>("said.length");
        await display.PairAsync(town, "Stairs again");
        // The call is still to be said: only with a voice it goes on.
        await display.Page.WaitForFunctionAsync("before => said.length > before", said);
        Assert.Contains(string.Join(' ', number.ToCharArray()), await display.Page.EvaluateAsync<string>("said.at(-1)"), StringComparison.Ordinal);
        Assert.Equal(1, said);
        await HearAsync(display);
        (await desk.FinishAsync()).Expect(200);
    }

    [Fact]
    public async Task AWrongCodeIsSaidInWordsAndAnOfficerMayNotPair()
    {
        await using var admin = await AdministratorAsync("zh");
        await admin.Page.GetByLabel("配对码").FillAsync("000000");
        await admin.Page.GetByLabel("名称").FillAsync("前厅");
        await admin.PressAsync("配对");
        await admin.SeesAsync("本大厅没有显示屏显示这个配对码");
        Assert.Equal("000000", await admin.Page.GetByLabel("配对码").InputValueAsync());

        await using var officer = await StaffAsync("officer", "en", 1600, 900);
        await officer.SeesAsync("You are not allowed to do this.");
    }

    [Fact]
    public async Task AnExpiredCodeIsSaidToBeSoAndAskedForAnew()
    {
        await using var display = await chromium.VisitAsync(town.Address);
        await display.Page.Clock.InstallAsync();
        await display.OpenAsync("/hall/shilong");
        await display.IsLiveAsync();
        await display.PressAsync("Pair this display");
        var code = await display.CodeAsync();

        await display.Page.Clock.FastForwardAsync("11:00");
        await display.SeesAsync("The code has expired.");
        await display.PressAsync("New code");

        // It was this page's clock that had jumped: by the server's the code is good, and it is the same.
        Assert.Equal(code, await display.CodeAsync());
        await town.ConfirmAsync(code, "Late");
        await display.SeesAsync("Paired: Late");
    }

    [Theory]
    [InlineData(360, 780, "en")]
    [InlineData(360, 780, "zh")]
    [InlineData(1920, 1080, "en")]
    [InlineData(1920, 1080, "zh")]
    [InlineData(3840, 2160, "en")]
    [InlineData(3840, 2160, "zh")]
    public async Task TheCodeAndTheListFitTheScreen(int width, int height, string language)
    {
        await using var display = await chromium.VisitAsync(town.Address, language);
        await display.Page.SetViewportSizeAsync(width, height);
        await display.OpenAsync("/hall/shilong?lang=" + language);
        await display.Page.Locator(".badge button").ClickAsync();
        var code = await display.CodeAsync();
        await FitsAsync(display, width, $"pairing-{width}-{language}.png");
        await using var admin = await AdministratorAsync(language, width, height);
        // As long as a name may be.
        var name = string.Create(CultureInfo.InvariantCulture, $"二楼东侧等候区 Waiting area, second floor {width} {language}").PadRight(50, '.');
        await admin.Page.Locator("form input.code").FillAsync(code);
        await admin.Page.Locator("form input").Nth(1).FillAsync(name);
        await admin.Page.Locator("form button").ClickAsync();
        await admin.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name }).WaitForAsync();
        await admin.Page.Locator("li button").First.ClickAsync();

        await FitsAsync(admin, width, $"displays-{width}-{language}.png");
        await FitsAsync(display, width, $"paired-{width}-{language}.png");
    }

    /// <summary>Lets the call be said to its end, twice in both languages, so that it is in nobody's way.</summary>
    private static async Task HearAsync(Visitor display)
    {
        for (var i = 0; i < 4; i++)
        {
            await display.Page.WaitForFunctionAsync("open_.length > 0");
            await display.Page.EvaluateAsync("open_.shift().onend()");
        }

        await display.Page.WaitForFunctionAsync("document.querySelector('[role=log]').dataset.heard === '2'");
    }

    private static async Task FitsAsync(Visitor visitor, int width, string file)
    {
        Assert.True(await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        if (Environment.GetEnvironmentVariable("ONESTOP_SCREENSHOTS") is { Length: > 0 } folder)
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, file) });
    }

    private static async Task PairByKeyboardAsync(Visitor admin, string code, string name)
    {
        await admin.Page.GetByLabel("Pairing code").FocusAsync();
        await admin.Page.Keyboard.TypeAsync(code.ToLowerInvariant());
        await admin.Page.Keyboard.PressAsync("Tab");
        await admin.Page.Keyboard.TypeAsync(name);
        await admin.Page.Keyboard.PressAsync("Enter");
        await admin.SeesAsync($"\"{name}\" is paired.");
        await admin.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name }).GetByText("Whole hall").WaitForAsync();
    }

    private async Task<Visitor> OpenAsync()
    {
        var display = await chromium.VisitAsync(town.Address);
        await display.Page.AddInitScriptAsync(HallPagesTests.Voice);
        await display.OpenAsync("/hall/shilong");
        await display.IsLiveAsync();
        return display;
    }

    private Task<Visitor> AdministratorAsync(string language, int width = 1600, int height = 900) => StaffAsync("admin", language, width, height);

    private async Task<Visitor> StaffAsync(string user, string language, int width, int height)
    {
        // The sign-in page is asked for in English, the page then speaks its own language.
        var staff = await chromium.VisitAsync(town.Address, "en");
        await staff.Page.SetViewportSizeAsync(width, height);
        await staff.OpenAsync("/sign-in");
        await staff.SignInAsync(user);
        await staff.Page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        await staff.OpenAsync("/hall/shilong/displays?lang=" + language);
        return staff;
    }

    private async Task<string> CallAsync(Desk desk, string service) =>
        (await desk.CallAsync(await town.TakeTicketAsync(service))).Expect(200).Json["ticket"]!["number"]!.GetValue<string>();
}
