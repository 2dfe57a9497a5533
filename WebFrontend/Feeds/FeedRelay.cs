using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using OneStop.Grains.Interfaces.Feeds;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace OneStop.WebFrontend.Feeds;

/// <summary>
/// Carries feeds from grains to the browsers that follow them: one stream subscription a feed, and every second the
/// version as the grain has it, so that a browser notices a lost last message.
/// </summary>
internal sealed partial class FeedRelay(
    IClusterClient cluster, IHubContext<BoardHub> hub, FeedRelayMeasures measures, TimeProvider time, ILogger<FeedRelay> logger) : BackgroundService
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<string, Followed> followed = new(StringComparer.Ordinal);

    /// <summary>JSON as it is, to be sent on without reading it.</summary>
    public static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    /// <summary>Counts a follower in and gives the feed as it stands.</summary>
    public async Task<FeedSnapshot> FollowAsync(string feed, bool first)
    {
        var grain = FeedName.Parse(feed).Grain(cluster);
        await gate.WaitAsync();
        try
        {
            // The stream comes before the snapshot: a change in between arrives twice rather than never.
            if (!followed.TryGetValue(feed, out var known))
            {
                var handle = await cluster.GetStreamProvider(FeedStreams.Provider)
                    .GetStream<FeedChanges>(StreamId.Create(FeedStreams.Namespace, feed))
                    .SubscribeAsync((changes, _) => SendAsync(changes));
                followed[feed] = known = new Followed(handle);
                measures.Follows(1);
            }

            if (first) known.Followers++;
        }
        finally
        {
            gate.Release();
        }

        return await grain.Snapshot();
    }

    /// <summary>Counts a follower out.</summary>
    public async Task LeaveAsync(string feed)
    {
        await gate.WaitAsync();
        try
        {
            if (!followed.TryGetValue(feed, out var known) || --known.Followers > 0) return;
            followed.Remove(feed);
            measures.Follows(-1);
            await known.Handle.UnsubscribeAsync();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await beat.WaitForNextTickAsync(stoppingToken))
        {
            string[] feeds;
            await gate.WaitAsync(stoppingToken);
            try
            {
                feeds = [.. followed.Keys];
            }
            finally
            {
                gate.Release();
            }

            await Task.WhenAll(feeds.Select(BeatAsync));
        }
    }

    private async Task BeatAsync(string feed)
    {
        try
        {
            var snapshot = await FeedName.Parse(feed).Grain(cluster).Version();
            await hub.Clients.Group(feed).SendAsync("version", feed, snapshot.Epoch, snapshot.Version);
        }
        catch (Exception e)
        {
            // No beat is what tells the browser: it shows since when it has had no news.
            LogSilent(logger, e, feed);
        }
    }

    private async Task SendAsync(FeedChanges changes)
    {
        await hub.Clients.Group(changes.Feed)
            .SendAsync("changes", changes.Feed, changes.Epoch, changes.FromVersion, changes.Changes.Select(Json).ToArray());
        measures.Sent(changes);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Feed {Feed} does not answer.")]
    private static partial void LogSilent(ILogger logger, Exception exception, string feed);

    private sealed class Followed(StreamSubscriptionHandle<FeedChanges> handle)
    {
        public StreamSubscriptionHandle<FeedChanges> Handle { get; } = handle;

        public int Followers { get; set; }
    }
}
