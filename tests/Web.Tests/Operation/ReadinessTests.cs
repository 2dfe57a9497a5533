using Microsoft.Data.Sqlite;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Operation;

/// <summary>A server that cannot work says so and says why.</summary>
public sealed class ReadinessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onestop-ready-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task WithAStoreThatTakesNothingItIsNotReadyUntilTheStoreIsBack()
    {
        await using var server = await HostedServer.StartAsync(folder, ServerProcess.FreePort());
        using var visitor = new ApiClient(server.Address);
        await using (var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "onestop.db"), Pooling = false }.ConnectionString))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            var missing = await Until.Holds("the server to be not ready", () => visitor.GetAsync("/health/ready"), answer => answer.Status == 503);

            Assert.False(missing.Json["ready"]!.GetValue<bool>());
            Assert.Equal("journal", Assert.Single(missing.Json["notReady"]!.AsArray())!["what"]!.GetValue<string>());
            (await visitor.GetAsync("/health/live")).Expect(200);
        }

        await Until.Holds("the server to be ready again", () => visitor.GetAsync("/health/ready"), answer => answer.Status == 200);
    }

    [Fact]
    public async Task ATownThatIsBareOnPurposeIsReady()
    {
        await using var server = await HostedServer.StartAsync(folder, ServerProcess.FreePort(), "--empty");
        using var visitor = new ApiClient(server.Address);
        (await visitor.GetAsync("/health/ready")).Expect(200);
    }
}
