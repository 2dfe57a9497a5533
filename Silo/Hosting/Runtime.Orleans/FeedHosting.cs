using OneStop.Grains.Interfaces.Feeds;
using Orleans.Hosting;

namespace OneStop.Silo.Hosting;

/// <summary>
/// The streams that carry feeds, set in this one place for silos and clients: a client that knows another number of
/// queues than the silos loses feeds without a word.
/// </summary>
public static class FeedHosting
{
    /// <summary>The storage that Orleans keeps stream subscriptions in; the name is Orleans' own.</summary>
    public const string SubscriptionStore = "PubSubStore";

    // Two queues looked at every 10 ms: the defaults (8 and 100 ms) make a display wait for a sixth of a second.
    private const int Queues = 2;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    /// <summary>Adds them to a silo.</summary>
    public static void AddFeeds(this ISiloBuilder silo) => silo.AddMemoryStreams(FeedStreams.Provider, streams =>
    {
        streams.ConfigurePartitioning(Queues);
        streams.ConfigurePullingAgent(agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = Poll));
    });

    /// <summary>Adds them to a client.</summary>
    public static void AddFeeds(this IClientBuilder client) => client.AddMemoryStreams(FeedStreams.Provider, streams =>
        streams.ConfigurePartitioning(Queues));
}
