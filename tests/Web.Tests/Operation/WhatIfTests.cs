using System.Globalization;
using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Operation;

/// <summary>A recorded day asked how it would have gone otherwise, over HTTP and as a command.</summary>
public sealed class WhatIfTests(TownFixture town) : IClassFixture<TownFixture>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onestop-whatif-").FullName;

    private static string Today => DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ADayIsReplayedAndReplayedWithAChange()
    {
        await ServeAsync(3);
        var officer = await town.StaffAsync("officer");

        var answer = (await officer.PostAsync("/api/halls/shilong/what-if", new { day = Today, counters = 5 })).Expect(200).Json;
        var none = (await officer.PostAsync("/api/halls/shilong/what-if", new { day = Today, counters = 0 })).Expect(200).Json;
        var (code, said) = await HostedServer.RunAsync("what-if", "--data", town.Folder, "--hall", "shilong", "--day", Today, "--counters", "0", "--json");

        Assert.True(Called(answer, "recorded") >= 3);
        Assert.Equal(Called(answer, "recorded"), Called(answer, "changed"));
        Assert.Equal(0, Called(none, "changed"));
        Assert.Equal((1, "00:15:00"), (answer["setup"]!["counters"]!.GetValue<int>(), answer["setup"]!["policy"]!["greenHeadStart"]!.GetValue<string>()));
        Assert.True(code == 0, said);
        Assert.Equal(none["recorded"]!.ToJsonString(), JsonNode.Parse(said)!["recorded"]!.ToJsonString());
    }

    [Fact]
    public async Task WhatCannotBeAskedIsRefused()
    {
        var officer = await town.StaffAsync("officer");
        (await town.Public.PostAsync("/api/halls/shilong/what-if", new { day = Today })).ExpectProblem(401, "not-signed-in");
        (await officer.PostAsync("/api/halls/shilong/what-if", new { day = "2001-01-01" })).ExpectProblem(404, "unknown-day");
        (await officer.PostAsync("/api/halls/shilong/what-if", new { day = "tomorrow" })).ExpectProblem(400, "validation");
        (await officer.PostAsync("/api/halls/shilong/what-if", new { day = Today, counters = 5000 })).ExpectProblem(400, "validation");
        await ServeAsync(1);
        (await officer.PostAsync("/api/halls/shilong/what-if", new { day = Today, policy = new { appointmentHeadStart = "99:00:00", greenHeadStart = "00:10:00" } }))
            .ExpectProblem(400, "validation");
    }

    [Fact]
    public async Task AFileOfVisitorsIsSimulatedAndABadOneNamesItsLine()
    {
        var file = Path.Combine(folder, "visits.csv");
        await File.WriteAllTextAsync(file, "taken_at,service,segment,seconds\n"
            + string.Concat(Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"2026-03-02T09:{i:D2}:00+08:00,tax,ordinary,600\n"))), TestContext.Current.CancellationToken);
        var (code, said) = await HostedServer.RunAsync(
            "what-if", "--data", town.Folder, "--hall", "shilong", "--visits", file, "--counters", "2", "--json");
        Assert.True(code == 0, said);
        Assert.Equal(40, Called(JsonNode.Parse(said)!, "replayed"));

        await File.WriteAllTextAsync(file, "taken_at,service,seconds\n2026-03-02T09:00:00+08:00,magic,600\n", TestContext.Current.CancellationToken);
        var (bad, why) = await HostedServer.RunAsync("what-if", "--data", town.Folder, "--hall", "shilong", "--visits", file);
        Assert.Equal(2, bad);
        Assert.Contains("line 2", why, StringComparison.Ordinal);
        Assert.Equal(2, (await HostedServer.RunAsync("what-if", "--data", town.Folder, "--hall", "shilong")).ExitCode);
        Assert.Equal(2, (await HostedServer.RunAsync("what-if", "--data", town.Folder, "--hall", "nowhere", "--day", Today)).ExitCode);
    }

    private async Task ServeAsync(int visitors)
    {
        var desk = await town.DeskAsync(4);
        for (var i = 0; i < visitors; i++)
        {
            (await desk.CallAsync(await town.TakeTicketAsync("tax"))).Expect(200);
            (await desk.FinishAsync()).Expect(200);
        }
    }

    private static int Called(JsonNode answer, string day) => answer[day]!["called"]!.GetValue<int>();
}
