using System.Text.Json;
using OneStop.Domain.Halls;
using OneStop.Silo.Sample;
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
        var admin = await town.SignedInAsync("admin");
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
    public sealed class ZonedTown : IAsyncLifetime
    {
        private readonly string folder = Directory.CreateTempSubdirectory("onestop-zones-").FullName;
        private readonly List<ApiClient> clients = [];
        private ServerProcess? server;

        internal Uri Address => server!.Address;

        public async ValueTask InitializeAsync()
        {
            var sample = SampleTown.Read();
            var hall = sample.Halls[0];
            var counters = hall.Counters.Select(c => c.Id).ToArray();
            var zoned = hall with
            {
                Zones = [new ZoneDefinition("east", new("东区", "East"), [.. counters[..4]]), new ZoneDefinition("west", new("西区", "West"), [.. counters[4..]])],
            };
            var file = Path.Combine(folder, "town.json");
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(sample with { Halls = [zoned] }, JsonSerializerOptions.Web));
            server = await ServerProcess.StartAsync(Path.Combine(folder, "data"), ServerProcess.FreePort(), "--town", file);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in clients) client.Dispose();
            if (server is not null) await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }

        /// <summary>Calls a visitor of a service to a counter.</summary>
        /// <returns>The number called.</returns>
        internal async Task<string> CallAsync(int counter, string service)
        {
            var clerk = await SignedInAsync("clerk" + counter);
            var desk = new Desk(clerk, counter);
            await desk.OpenAsync();
            var ticket = (await clerk.PostAsync("/api/halls/shilong/tickets", new { service })).Expect(201).Text("id");
            return (await desk.CallAsync(ticket)).Expect(200).Json["ticket"]!["number"]!.GetValue<string>();
        }

        /// <summary>A member of the staff; signed out with the town.</summary>
        internal async Task<ApiClient> SignedInAsync(string user)
        {
            var client = new ApiClient(Address);
            clients.Add(client);
            await client.SignInAsync(user);
            return client;
        }
    }
}
