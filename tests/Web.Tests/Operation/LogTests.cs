using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Operation;

public sealed class LogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onestop-log-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task ALogForCollectorsIsALineOfJsonForEachEntry()
    {
        await using var server = await ServerProcess.StartAsync(folder, ServerProcess.FreePort(), "--log", "json");
        // A record that does not answer is worth a line.
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "onestop.db"), Pooling = false }.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN EXCLUSIVE; DROP TABLE wakeups; COMMIT";
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var line = await Until.Holds(
            "a line of the log of ours", () => Task.FromResult(server.Said.Split('\n').FirstOrDefault(said => said.StartsWith('{') && said.Contains("OneStop.", StringComparison.Ordinal))), said => said is not null);

        var entry = JsonNode.Parse(line!)!;
        Assert.Equal("Warning", entry["LogLevel"]!.GetValue<string>());
        Assert.NotNull(entry["Timestamp"]);
        Assert.StartsWith("OneStop.", entry["Category"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherFormOfLogIsRefused() =>
        Assert.NotEqual(0, (await ServerProcess.RunAsync("--log", "xml", "--data", folder)).ExitCode);
}
