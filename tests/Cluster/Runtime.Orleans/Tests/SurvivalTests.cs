using System.Globalization;
using OneStop.Web.Tests.Serving;

namespace OneStop.Cluster.Tests;

/// <summary>Silos die, leave and come, and the store is away, all under load: nothing that was acknowledged is lost, nothing happens twice.</summary>
public sealed class SurvivalTests(ITestOutputHelper output)
{
    private const int Rate = 60;
    private const int Seed = 20261122;

    [Fact]
    public async Task NobodyMissesADeadSilo()
    {
        await RunAsync(async (cluster, traffic) =>
        {
            var random = new Random(Seed);
            for (var death = 0; death < 2; death++)
            {
                var place = random.Next(cluster.Silos);
                await cluster.KillAsync(place);
                await AnsweredAsync(traffic, 150);
                await cluster.StartAsync(place);
                await AnsweredAsync(traffic, 150);
            }
        });
    }

    [Fact]
    public async Task NobodyMissesASiloThatIsRestarted()
    {
        await RunAsync(async (cluster, traffic) =>
        {
            for (var place = 0; place < cluster.Silos; place++)
            {
                Assert.Equal(0, await cluster.StopAsync(place));
                await cluster.StartAsync(place);
                await AnsweredAsync(traffic, 100);
            }
        });
    }

    [Fact]
    public async Task WithoutItsStoreTheTownRefusesAndGoesOnByItself()
    {
        await RunAsync(async (cluster, traffic) =>
        {
            Assert.SkipUnless(cluster.Postgres.CanRestart, "This PostgreSQL is not ours to stop.");
            using var visitor = new ApiClient(cluster.Addresses[1]);
            await cluster.Postgres.StopAsync();
            // Every silo finds out by itself.
            foreach (var address in cluster.Addresses)
            {
                using var there = new ApiClient(address);
                var refused = (await there.PostAsync("/api/halls/shilong/tickets", new { service = "civil" })).ExpectProblem(503, "store-unavailable");
                Assert.True(refused.RetryAfter > TimeSpan.Zero);
            }

            await Until.Passed(DateTimeOffset.UtcNow + TimeSpan.FromSeconds(5));
            (await visitor.GetAsync("/health/live")).Expect(200);
            await cluster.Postgres.StartAsync();
            await AnsweredAsync(traffic, 150);
        });
    }

    private static async Task AnsweredAsync(Traffic traffic, int commands)
    {
        var before = traffic.Outcomes.Count(outcome => outcome.IsAcknowledged);
        await Until.Holds(
            $"{commands} more commands acknowledged",
            () => Task.FromResult(traffic.Outcomes.Count(outcome => outcome.IsAcknowledged)),
            count => count >= before + commands);
    }

    private async Task RunAsync(Func<RunningCluster, Traffic, Task> act)
    {
        var (cluster, whyNot) = await RunningCluster.TryStartAsync(silos: 3);
        Assert.SkipWhen(cluster is null, whyNot);
        await using (cluster)
        {
            await using var traffic = await Traffic.StartAsync(cluster!.Addresses, Rate);
            await AnsweredAsync(traffic, 100);
            await act(cluster, traffic);
            await traffic.StopAsync();
            var audit = await Audit.OfAsync(cluster, traffic.Outcomes);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Longest pause {traffic.Outcomes.Max(o => o.Took).TotalSeconds:0.0} s. {audit}"));
            Assert.True(audit.IsClean, audit.ToString());
            Assert.True(audit.Cards > 0);
        }
    }
}
