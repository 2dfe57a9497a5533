using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Pages;

/// <summary>Where the code of a receipt leads: an applicant follows a case and prints its receipts (H10).</summary>
[Collection(nameof(SharedTown))]
public sealed class TrackPageTests(MortalTown town, Chromium chromium)
{
    [Fact]
    public async Task AnApplicantFollowsACaseByItsCodeAndPrintsItsReceipts()
    {
        var receipt = await town.ApplyAsync("shop-licence");
        var (number, code) = (receipt.Text("acceptanceNumber"), receipt.Text("queryCode"));
        (await (await town.StaffAsync("head.market")).PostAsync($"/api/applications/{number}/accept")).Expect(200);
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.OpenAsync("/track/" + number);
        Assert.Equal(number, await visitor.Page.GetByLabel("Acceptance number").InputValueAsync());

        await visitor.Page.GetByLabel("Query code").FillAsync("00000000");
        await visitor.PressAsync("Show");
        await visitor.SeesAsync("There is no such case");
        await visitor.Page.GetByLabel("Query code").FillAsync(code);
        await visitor.PressAsync("Show");
        await visitor.SeesAsync("Notice of acceptance");
        Assert.DoesNotContain(code, visitor.Page.Url, StringComparison.Ordinal);

        var sheet = await visitor.Page.RunAndWaitForPopupAsync(() => visitor.PressAsync("Print: Notice of acceptance"));
        await sheet.GetByText("受理通知书").WaitForAsync();
        await sheet.GetByText(number, new() { Exact = true }).WaitForAsync();
        var file = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.PressAsync("Download as PDF: Application received"));
        Assert.Equal($"{number}-received.pdf", file.SuggestedFilename);
        if (Environment.GetEnvironmentVariable("ONESTOP_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await sheet.ScreenshotAsync(new() { Path = Path.Combine(folder, "acceptance.png"), FullPage = true });
        await file.SaveAsAsync(Path.Combine(folder, "received.pdf"));
    }

    [Fact]
    public async Task WhatIsDoneOnACaseShowsToItsApplicantWithoutAskingAgain()
    {
        var receipt = await town.ApplyAsync("shop-licence");
        await using var visitor = await chromium.VisitAsync(town.Address);
        await visitor.OpenAsync("/track/" + receipt.Text("acceptanceNumber"));
        await visitor.Page.GetByLabel("Query code").FillAsync(receipt.Text("queryCode"));
        await visitor.PressAsync("Show");
        await visitor.IsLiveAsync();

        (await (await town.StaffAsync("head.market")).PostAsync($"/api/applications/{receipt.Text("acceptanceNumber")}/accept")).Expect(200);

        await visitor.SeesAsync("Notice of acceptance");
        visitor.AssertNoComplaintsButSigningIn();
    }

    [Fact]
    public async Task StaffWhoSignedInNeedNoCode()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        await using var clerk = await chromium.VisitAsync(town.Address);
        await clerk.OpenAsync("/sign-in");
        await clerk.SignInAsync("clerk1");
        await clerk.Page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));

        await clerk.OpenAsync("/track/" + number);
        await clerk.Page.Locator("input:not([required])").WaitForAsync();
        await clerk.PressAsync("Show");

        await clerk.SeesAsync("Application received");
    }

    [Theory]
    [InlineData(360, 780, "en")]
    [InlineData(1920, 1080, "zh-CN")]
    [InlineData(3840, 2160, "en")]
    public async Task ItFitsTheScreen(int width, int height, string language)
    {
        var receipt = await town.ApplyAsync("restaurant-opening");
        await using var visitor = await chromium.VisitAsync(town.Address, language);
        await visitor.Page.SetViewportSizeAsync(width, height);
        await visitor.OpenAsync("/track/" + receipt.Text("acceptanceNumber"));
        await visitor.Page.Locator("input").Last.FillAsync(receipt.Text("queryCode"));
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.Locator("article").WaitForAsync();

        Assert.True(await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        visitor.AssertNoComplaintsButSigningIn();
        if (Environment.GetEnvironmentVariable("ONESTOP_SCREENSHOTS") is { Length: > 0 } folder)
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"track-{width}.png"), FullPage = true });
    }
}
