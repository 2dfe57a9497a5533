using OneStop.Web.Tests.Serving;

// Each class starts silos of its own; several at once on a small machine would only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace OneStop.Cluster.Tests;

/// <summary>Three silos that started together on an empty database, for the tests of a class.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private RunningCluster? cluster;
    private string whyNot = "";

    /// <summary>The cluster; without PostgreSQL the test is skipped.</summary>
    internal RunningCluster Cluster
    {
        get
        {
            Assert.SkipWhen(cluster is null, whyNot);
            return cluster!;
        }
    }

    public async ValueTask InitializeAsync() => (cluster, whyNot) = await RunningCluster.TryStartAsync(silos: 3);

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null) await cluster.DisposeAsync();
    }

    /// <summary>A caller at one silo with the session of a caller at another.</summary>
    internal static ApiClient At(Uri address, ApiClient signedIn)
    {
        var client = new ApiClient(address) { Antiforgery = signedIn.Antiforgery };
        client.Cookies.Add(address, signedIn.Cookies.GetCookies(signedIn.Address));
        return client;
    }
}
