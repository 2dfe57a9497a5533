using System.Net;
using Orleans.Configuration;
using Orleans.Hosting;

namespace OneStop.Silo.Hosting;

/// <summary>This process as a part of a cluster on PostgreSQL.</summary>
internal static class ClusterHosting
{
    private const string Invariant = "Npgsql";

    // A killed silo is noticed by two probes that miss, the second through another silo: about 3 s. More patience only
    // makes callers wait; less, and a silo that was merely short of processor time is declared dead.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);
    private const int MissedProbes = 2;

    // Two silos must agree, or one and the silo it asked to look: of a cluster of two the one that is left decides alone.
    private const int Votes = 2;

    // Gossip tells of changes at once; the table is read again in case that was lost.
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SaysItIsAlive = TimeSpan.FromSeconds(5);

    // The longest turn waits 20 s for the store and as long again to find out how a commit ended; no turn is cut off by
    // a silo that stops.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan GatewaysRefresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    public static void AddClusterSilo(this IHostApplicationBuilder builder, ClusterSettings cluster, string postgres)
    {
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestTurn + TimeSpan.FromSeconds(15));
        var connection = ClusterSchema.ConnectionString(postgres);
        builder.UseOrleans(silo =>
        {
            var (siloPort, gatewayPort) = FreePorts.Two();
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.Name, cluster.Name));
            silo.Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = IPAddress.Parse(cluster.Advertise);
                options.SiloPort = cluster.SiloPort > 0 ? cluster.SiloPort : siloPort;
                options.GatewayPort = cluster.GatewayPort > 0 ? cluster.GatewayPort : gatewayPort;
            });
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
            silo.AddAdoNetGrainStorage(FeedHosting.SubscriptionStore, options =>
            {
                (options.Invariant, options.ConnectionString) = (Invariant, connection);
                options.DeleteStateOnClear = true;
            });
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = Probe;
                options.NumMissedProbesLimit = MissedProbes;
                options.NumVotesForDeathDeclaration = Votes;
                options.TableRefreshTimeout = TableRefresh;
                options.IAmAliveTablePublishTimeout = SaysItIsAlive;
                options.DefunctSiloExpiration = TimeSpan.FromDays(1);
            });
            silo.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = LongestTurn);
            silo.Configure<ConnectionOptions>(options => options.ConnectionRetryDelay = RetryDelay);
            silo.AddFeeds();
            silo.UseGrainClock();
            silo.UseMembershipWatch();
        });
    }

    public static void AddClusterClient(this IHostApplicationBuilder builder, ClusterSettings cluster, string postgres)
    {
        var connection = ClusterSchema.ConnectionString(postgres);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.Name, cluster.Name));
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection));
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewaysRefresh);
            client.Configure<ConnectionOptions>(options => options.ConnectionRetryDelay = RetryDelay);
            // Started before the first silo, it waits for one.
            client.UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
                return true;
            });
            client.AddFeeds();
        });
    }
}
