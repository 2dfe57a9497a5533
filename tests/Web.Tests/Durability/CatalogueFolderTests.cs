using OneStop.Silo.Sample;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Durability;

/// <summary>The catalogue as a folder: written, checked and served.</summary>
public sealed class CatalogueFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onestop-catalogue-").FullName;

    private string Catalogue => Path.Combine(folder, "catalogue");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task WhatIsExportedIsServedAndExportedAgainTheSame()
    {
        Assert.Equal(0, (await HostedServer.RunAsync("catalogue", "export", Catalogue, "--sample")).ExitCode);
        Assert.Equal(0, (await HostedServer.RunAsync("catalogue", "check", Catalogue)).ExitCode);
        var data = Path.Combine(folder, "data");
        await using (var server = await HostedServer.StartAsync(data, ServerProcess.FreePort(), "--town", Catalogue))
        {
            using var visitor = new ApiClient(server.Address);
            Assert.Equal(SampleTown.Read().Items.Length, (await visitor.GetAsync("/api/items")).Expect(200).Items.Length);
        }

        var again = Path.Combine(folder, "again");
        Assert.Equal(0, (await HostedServer.RunAsync("catalogue", "export", again, "--data", data)).ExitCode);
        Assert.Equal(Contents(Catalogue), Contents(again));
    }

    [Fact]
    public async Task EveryFaultIsPrintedWithItsFilePlaceAndCode()
    {
        await HostedServer.RunAsync("catalogue", "export", Catalogue, "--sample");
        await ChangeAsync("processes/housing-relief.bpmn", "onestop:limit=\"10\"", "onestop:limit=\"-10\"");
        await ChangeAsync("forms/street-event.schema.json", "\"object\"", "\"thing\"");
        await ChangeAsync("items/shop-licence.json", "\"days\": 7", "\"days\": 70");
        Directory.CreateDirectory(Path.Combine(Catalogue, "calendars"));
        await File.WriteAllTextAsync(
            Path.Combine(Catalogue, "calendars", "wrong.json"),
            """{"code":"cn","year":2026,"days":[{"date":"2026-10-01","name":"国庆节","isOff":false}]}""",
            TestContext.Current.CancellationToken);
        await ChangeAsync("rules/livelihood.json", "\"explanationWorkingDays\": 5", "\"explanationWorkingDays\": -5");
        var (exitCode, said) = await HostedServer.RunAsync("catalogue", "check", Catalogue);
        Assert.Equal(2, exitCode);
        Assert.Contains("calendars/wrong.json: contradiction: ", said, StringComparison.Ordinal);
        Assert.Contains("processes/housing-relief.bpmn household-survey: out-of-range: ", said, StringComparison.Ordinal);
        Assert.Contains("forms/street-event.schema.json /type: not-a-schema: ", said, StringComparison.Ordinal);
        Assert.Contains("items/shop-licence.json /committedLimit: longer-than-statutory: ", said, StringComparison.Ordinal);
        Assert.Contains("rules/livelihood.json /escalation/explanationWorkingDays: out-of-range: ", said, StringComparison.Ordinal);
        (exitCode, _) = await HostedServer.RunAsync("--town", Catalogue, "--data", Path.Combine(folder, "data"));
        Assert.Equal(2, exitCode);
        Assert.False(Directory.Exists(Path.Combine(folder, "data")));
    }

    private static string[] Contents(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => Path.GetRelativePath(folder, file) + "\n" + File.ReadAllText(file)),
    ];

    private async Task ChangeAsync(string file, string old, string @new)
    {
        var path = Path.Combine(Catalogue, file);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(old, @new, StringComparison.Ordinal));
    }
}
