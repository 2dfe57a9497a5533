using System.Net;
using Orleans.Hosting;

namespace OneStop.Silo.Hosting;

/// <summary>Puts the grains on Microsoft Orleans: one silo on this machine, or this process's part of a cluster.</summary>
public static class GrainHosting
{
    /// <summary>The runtime's name, as it is reported.</summary>
    public const string Runtime = "Orleans";

    /// <summary>Whether several processes can make one cluster.</summary>
    public static bool HasClusters => true;

    /// <summary>Adds one silo on this machine, with nothing else to start.</summary>
    public static void AddGrains(this IHostApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        var (siloPort, gatewayPort) = FreePorts.Two();
        silo.UseLocalhostClustering(siloPort, gatewayPort, new IPEndPoint(IPAddress.Loopback, siloPort));
        silo.AddMemoryGrainStorage(FeedHosting.SubscriptionStore);
        silo.AddFeeds();
        silo.UseGrainClock();
    });

    /// <summary>Adds the runtime that serves as asked for.</summary>
    internal static void AddGrains(this IHostApplicationBuilder builder, ServeOptions options)
    {
        switch (options.Cluster)
        {
            case null:
                builder.AddGrains();
                break;
            case { Client: true } cluster:
                builder.AddClusterClient(cluster, options.Postgres!);
                break;
            case var cluster:
                builder.AddClusterSilo(cluster, options.Postgres!);
                break;
        }
    }

    /// <summary>Makes what the runtime needs before it starts: a cluster's tables.</summary>
    internal static Task PrepareAsync(ServeOptions options, CancellationToken cancellation) =>
        options.Cluster is null ? Task.CompletedTask : ClusterSchema.ApplyAsync(options.Postgres!, cancellation);
}
