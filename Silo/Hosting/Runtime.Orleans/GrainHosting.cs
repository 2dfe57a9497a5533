using System.Net;
using System.Net.Sockets;
using OneStop.Grains.Interfaces.Feeds;
using Orleans.Hosting;

namespace OneStop.Silo.Hosting;

/// <summary>Puts the grains on Microsoft Orleans, one silo on this machine.</summary>
public static class GrainHosting
{
    /// <summary>The runtime's name, as it is reported.</summary>
    public const string Runtime = "Orleans";

    // Two queues looked at every 10 ms: the defaults (8 and 100 ms) make a display wait for a sixth of a second.
    private const int FeedQueues = 2;
    private static readonly TimeSpan FeedPoll = TimeSpan.FromMilliseconds(10);

    /// <summary>Adds the runtime and the streams that carry feeds.</summary>
    public static void AddGrains(this IHostApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        var port = FreePort();
        silo.UseLocalhostClustering(port, FreePort(), new IPEndPoint(IPAddress.Loopback, port));
        silo.AddMemoryGrainStorage("PubSubStore");
        silo.AddMemoryStreams(FeedStreams.Provider, streams =>
        {
            streams.ConfigurePartitioning(FeedQueues);
            streams.ConfigurePullingAgent(agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = FeedPoll));
        });
    });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
