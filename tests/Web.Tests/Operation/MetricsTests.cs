using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Operation;

/// <summary>What a running server tells those who operate it.</summary>
[Collection(nameof(SharedTown))]
public sealed class MetricsTests(MortalTown town)
{
    [Fact]
    public async Task TheFiguresAreThoseOfTheTown()
    {
        var ticket = await town.TakeTicketAsync("civil");
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        var head = await town.StaffAsync("head.market");
        (await head.PostAsync($"/api/applications/{number}/accept")).Expect(200);
        var desk = await town.DeskAsync(1);
        (await desk.CallAsync(ticket)).Expect(200);
        (await desk.DoAsync("start")).Expect(200);
        (await desk.FinishAsync()).Expect(200);
        await town.TakeTicketAsync("tax");
        var board = (await town.Public.GetAsync("/api/supervision/board")).Expect(200).Json;

        var exported = await Until.Holds(
            "the open case and the waiting ticket among the figures", ScrapeAsync,
            e => e["onestop_supervision_open_cases{department=\"market\"}"] >= 1 && e["onestop_hall_waiting{hall=\"shilong\"}"] >= 1);

        Assert.Equal(1, board["departments"]!.AsArray().Count(d => d!["code"]!.GetValue<string>() == "market"));
        Assert.True(exported["onestop_hall_tickets_issued_total{hall=\"shilong\",segment=\"ordinary\"}"] >= 2);
        Assert.True(exported["onestop_hall_calls_total{hall=\"shilong\",segment=\"ordinary\"}"] >= 1);
        Assert.True(exported["onestop_hall_wait_seconds_count{hall=\"shilong\",segment=\"ordinary\"}"] >= 1);
        Assert.True(exported["onestop_hall_service_seconds_count{hall=\"shilong\"}"] >= 1);
        Assert.True(exported["onestop_hall_tickets_ended_total{hall=\"shilong\",state=\"finished\"}"] >= 1);
        Assert.True(exported["onestop_journal_appends_total{outcome=\"committed\",store=\"sqlite\"}"] >= 5);
        Assert.Equal(64, exported["onestop_deadline_shards"]);
        Assert.Equal(0, exported["onestop_metrics_dropped_total"]);
        Assert.Contains("http_server_request_duration_seconds_bucket", exported.Names);
        Assert.Contains("dotnet_process_memory_working_set_bytes", exported.Names);
    }

    [Fact]
    public async Task NothingInTheFiguresLeadsToAPersonACaseOrATicket()
    {
        var receipt = await town.ApplyAsync("shop-licence", "韩梅梅");
        var ticket = await town.TakeTicketAsync("market");
        await town.StaffAsync("clerk2");
        var text = (await town.Public.GetAsync("/metrics")).Expect(200).Body;
        foreach (var secret in new[] { receipt.Text("acceptanceNumber"), receipt.Text("registrationNumber"), ticket, "韩梅梅", "13800000000", "clerk2", "counter=" })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PromtoolFindsNothingToSayAboutThem()
    {
        var promtool = Tool.Find("promtool", "prometheus");
        await town.TakeTicketAsync("civil");
        var text = (await town.Public.GetAsync("/metrics")).Expect(200).Body;
        var (exitCode, said) = await Tool.RunAsync(promtool, ["check", "metrics"], text);
        Assert.Equal((0, ""), (exitCode, said));
    }

    [Fact]
    public async Task TheServerSaysThatItIsReady()
    {
        var ready = (await town.Public.GetAsync("/health/ready")).Expect(200);
        Assert.True(ready.Json["ready"]!.GetValue<bool>());
        Assert.Empty(ready.Json["notReady"]!.AsArray());
    }

    private async Task<Exported> ScrapeAsync() => new((await town.Public.GetAsync("/metrics")).Expect(200).Body);
}
