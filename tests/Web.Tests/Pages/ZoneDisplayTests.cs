using OneStop.Domain.Catalogue;
using OneStop.Domain.Halls;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Pages;

/// <summary>A display that is paired in one zone of a hall, in a real browser.</summary>
public sealed class ZoneDisplayTests(ZoneDisplayTests.ZonedTown town, Chromium chromium) : IClassFixture<ZoneDisplayTests.ZonedTown>
{
    [Fact]
    public async Task ADisplayOfAZoneSpeaksItsCallsAndIsSilentInAnother()
    {
        await using var display = await chromium.VisitAsync(town.Address);
        await display.Page.AddInitScriptAsync(HallPagesTests.Voice);
        await display.OpenAsync("/hall/shilong?zone=east");
        await display.PressAsync("Pair this display");
        var admin = await town.StaffAsync("admin");
        var confirmed = await admin.PostAsync("/api/halls/shilong/displays/confirm", new { code = await display.CodeAsync(), name = "Gate" });
        Assert.Equal("east", confirmed.Expect(200).Text("zone"));
        await display.SeesAsync("Paired: Gate");

        var (west, east) = (await town.CallAsync(5, "permits"), await town.CallAsync(4, "tax"));

        await display.Page.WaitForFunctionAsync("said.length > 0");
        Assert.Contains(Spoken(east), await display.Page.EvaluateAsync<string>("said[0]"), StringComparison.Ordinal);
        await display.OpenAsync("/hall/shilong?zone=west");
        await display.SeesAsync(west);
        await display.SeesAsync("\"Gate\" is paired for East and silent here");
        Assert.Equal(0, await display.Page.EvaluateAsync<int>("said.length"));

        // Back in its own zone it goes on.
        await display.OpenAsync("/hall/shilong?zone=east");
        await display.Page.WaitForFunctionAsync("words => said.some(text => text.includes(words))", Spoken(east));
        await display.SeesAsync("Paired: Gate");
    }

    private static string Spoken(string number) => string.Join(' ', number.ToCharArray());

    /// <summary>The sample town with a hall of two zones.</summary>
    public sealed class ZonedTown : TownFixture
    {
        protected override TownDefinition Define(TownDefinition sample)
        {
            var hall = sample.Halls[0];
            var counters = hall.Counters.Select(c => c.Id).ToArray();
            var zoned = hall with
            {
                Zones = [new ZoneDefinition("east", new("东区", "East"), [.. counters[..4]]), new ZoneDefinition("west", new("西区", "West"), [.. counters[4..]])],
            };
            return sample with { Halls = [zoned] };
        }

        /// <summary>Calls a visitor of a service to a counter.</summary>
        /// <returns>The number called.</returns>
        internal async Task<string> CallAsync(int counter, string service)
        {
            var desk = await DeskAsync(counter);
            return (await desk.CallAsync(await TakeTicketAsync(service))).Expect(200).Json["ticket"]!["number"]!.GetValue<string>();
        }
    }
}
