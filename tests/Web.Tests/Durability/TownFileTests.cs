using System.Text.Json;
using System.Text.Json.Nodes;
using OneStop.Silo.Sample;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Durability;

/// <summary>A first start takes the town's definition from a file.</summary>
public sealed class TownFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onestop-town-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task TheTownOfTheFileIsServed()
    {
        var sample = SampleTown.Read();
        var file = await WriteAsync(JsonSerializer.SerializeToNode(sample with { Region = sample.Region with { Code = "110000" } }, JsonSerializerOptions.Web)!);
        await using var server = await HostedServer.StartAsync(Path.Combine(folder, "data"), ServerProcess.FreePort(), "--town", file);
        using var visitor = new ApiClient(server.Address);

        Assert.Equal("110000", (await visitor.GetAsync("/api/supervision/board")).Expect(200).Text("region"));
    }

    [Fact]
    public async Task EveryFaultOfTheFileIsPrintedAndNothingStarts()
    {
        var town = JsonSerializer.SerializeToNode(SampleTown.Read(), JsonSerializerOptions.Web)!;
        town["items"]![0]!["department"] = "nobody";
        town["halls"]![0]!["timeZone"] = "Moon/Tycho";

        var (exitCode, said) = await HostedServer.RunAsync("--town", await WriteAsync(town), "--data", Path.Combine(folder, "data"));

        Assert.Equal(2, exitCode);
        Assert.Contains("/items/0: unknown-department", said, StringComparison.Ordinal);
        Assert.Contains("/halls/0/timeZone: unknown-time-zone", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "data")));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"region":{"code":"1","name":{"zh":"一","en":"One"}},"departments":[],"items":[],"halls":[],"mayor":"none"}""")]
    public async Task AFileThatIsNoDefinitionIsRefused(string text)
    {
        var file = Path.Combine(folder, "town.json");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var (exitCode, said) = await HostedServer.RunAsync("serve", "--town", file, "--data", Path.Combine(folder, "data"));
        Assert.Equal(2, exitCode);
        Assert.Contains(file, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatIsNotThereIsRefused() =>
        Assert.Equal(2, (await HostedServer.RunAsync("--town", Path.Combine(folder, "none.json"), "--data", Path.Combine(folder, "data"))).ExitCode);

    private async Task<string> WriteAsync(JsonNode town)
    {
        var file = Path.Combine(folder, "town.json");
        await File.WriteAllTextAsync(file, town.ToJsonString());
        return file;
    }
}
