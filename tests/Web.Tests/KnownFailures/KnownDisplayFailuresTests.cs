using Microsoft.Playwright;
using OneStop.Web.Tests.Pages;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.KnownFailures;

/// <summary>What displays of other queue systems are known to do wrong, one test each, in a real browser. See <see cref="KnownHallFailuresTests"/>.</summary>
public sealed class KnownDisplayFailuresTests(TownFixture town, Chromium chromium) : IClassFixture<TownFixture>
{
    [Fact]
    public async Task ADisplayThatWasCutOffShowsTheTrueStateWhenItIsBackAndNeverAnEmptyOne()
    {
        await using var wire = new CuttableWire(town.Address);
        await using var display = await OpenAsync(wire.Address);
        var (four, three) = (await town.DeskAsync(4), await town.DeskAsync(3));
        var before = await CallAsync(four, "tax");
        await SeesCalledAsync(display, before);

        wire.Cut();
        await display.SeesAsync("No data since");
        // Nobody knows better than the last it heard, and it says since when.
        await SeesCalledAsync(display, before);
        (await four.FinishAsync()).Expect(200);
        var after = await CallAsync(three, "market");
        wire.Mend();

        await display.IsLiveAsync();
        await SeesCalledAsync(display, after);
        await Called(display).GetByText(before, new() { Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.True(await display.Page.EvaluateAsync<bool>("window.neverReloaded === true"));
        (await three.FinishAsync()).Expect(200);
    }

    [Fact]
    public async Task ADisplayThatSleptForTwoDaysShowsTheTrueState()
    {
        await using var display = await chromium.VisitAsync(town.Address);
        await display.Page.Clock.InstallAsync();
        await display.OpenAsync("/hall/shilong");
        await display.IsLiveAsync();
        await display.Page.EvaluateAsync("window.neverReloaded = true");
        var desk = await town.DeskAsync(2);

        await display.Page.Clock.FastForwardAsync("48:00:00");
        await display.IsLiveAsync();
        var number = await CallAsync(desk, "social");

        await SeesCalledAsync(display, number);
        Assert.True(await display.Page.EvaluateAsync<bool>("window.neverReloaded === true"));
        (await desk.FinishAsync()).Expect(200);
    }

    [Fact]
    public async Task AnErrorIsNotShownToTheClerkAsAnEmptyQueue()
    {
        await using var wire = new CuttableWire(town.Address);
        await using var clerk = await chromium.VisitAsync(wire.Address);
        await clerk.OpenAsync("/counter");
        await clerk.SignInAsync("clerk5");
        await clerk.IsLiveAsync();
        await clerk.PressAsync("Open");
        await town.TakeTicketAsync("permits");
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "Call next" }).And(clerk.Page.Locator(":enabled")).WaitForAsync();

        wire.Cut();
        await clerk.PressAsync("Call next");

        await clerk.SeesAsync("The server cannot be reached");
        Assert.Equal(0, await clerk.Page.GetByText("Nobody is waiting").CountAsync());
        wire.Mend();
        await clerk.IsLiveAsync();
        await clerk.PressAsync("Call next");
        await clerk.Page.GetByRole(AriaRole.Region, new() { Name = "Current ticket" }).GetByText("Called", new() { Exact = true }).WaitForAsync();
    }

    [Fact]
    public async Task AHallThatCannotBeReachedIsNotShownAsAnEmptyOne()
    {
        await using var wire = new CuttableWire(town.Address);
        await using var display = await chromium.VisitAsync(wire.Address);
        await display.OpenAsync("/hall/shilong");
        await display.IsLiveAsync();
        var rows = display.Page.GetByRole(AriaRole.Row);
        var shown = await rows.CountAsync();

        wire.Cut();
        await display.SeesAsync("No data since");

        Assert.Equal(shown, await rows.CountAsync());
        Assert.True(shown > 6);
    }

    private static ILocator Called(Visitor display) => display.Page.GetByRole(AriaRole.Region, new() { Name = "Now calling" });

    internal static Task SeesCalledAsync(Visitor display, string number) => Called(display).GetByText(number, new() { Exact = true }).First.WaitForAsync();

    private async Task<Visitor> OpenAsync(Uri address)
    {
        var display = await chromium.VisitAsync(address);
        await display.OpenAsync("/hall/shilong");
        await display.IsLiveAsync();
        await display.Page.EvaluateAsync("window.neverReloaded = true");
        return display;
    }

    private async Task<string> CallAsync(Desk desk, string service) =>
        (await desk.CallAsync(await town.TakeTicketAsync(service))).Expect(200).Json["ticket"]!["number"]!.GetValue<string>();
}
