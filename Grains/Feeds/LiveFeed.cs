using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Records;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace OneStop.Grains.Feeds;

/// <summary>
/// A grain's state as its watchers see it. Each change is a JSON merge patch (RFC 7396) of the members that differ;
/// the first goes out at once, those within the next 15 ms go together. Nothing is published before somebody has asked.
/// </summary>
internal sealed partial class LiveFeed(Grain grain, string name, TimeProvider time)
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(15);

    private readonly string epoch = time.GetUtcNow().Micros().ToString("x", CultureInfo.InvariantCulture);
    private readonly ImmutableArray<string>.Builder pending = ImmutableArray.CreateBuilder<string>();
    private JsonObject state = [];
    private long version;
    private long published;
    private bool watched;
    private IAsyncStream<FeedChanges>? stream;
    private DateTimeOffset lastSent;
    private IGrainTimer? timer;

    /// <summary>The state as it is now; what differs becomes a change.</summary>
    public void Update(object current)
    {
        var next = JsonSerializer.SerializeToNode(current, EventCodec.Json)!.AsObject();
        var patch = Difference(state, next);
        if (patch.Count == 0) return;
        state = next;
        version++;
        if (!watched)
        {
            published = version;
            return;
        }

        pending.Add(patch.ToJsonString());
        if (timer is not null) return;
        var wait = lastSent + Gather - time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
            _ = PublishAsync();
        else
            timer = grain.RegisterGrainTimer(PublishAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan));
    }

    /// <summary>The feed as it stands; from now on changes are published.</summary>
    public FeedSnapshot Snapshot()
    {
        watched = true;
        return new FeedSnapshot(name, epoch, version, state.ToJsonString());
    }

    private static JsonObject Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var (key, value) in to)
            if (!from.TryGetPropertyValue(key, out var old) || !JsonNode.DeepEquals(old, value))
                patch[key] = value?.DeepClone();
        foreach (var (key, _) in from)
            if (!to.ContainsKey(key))
                patch[key] = null;
        return patch;
    }

    private async Task PublishAsync()
    {
        timer?.Dispose();
        timer = null;
        lastSent = time.GetUtcNow();
        var changes = new FeedChanges(name, epoch, published, pending.ToImmutable());
        published = version;
        pending.Clear();
        try
        {
            stream ??= grain.GetStreamProvider(FeedStreams.Provider)
                .GetStream<FeedChanges>(StreamId.Create(FeedStreams.Namespace, name));
            await stream.OnNextAsync(changes);
        }
        catch (Exception e)
        {
            // A lost change is seen by its gap; the next snapshot makes it good.
            LogLost(grain.GrainContextLogger(), e, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A change of feed {Feed} could not be published.")]
    private static partial void LogLost(ILogger logger, Exception exception, string feed);
}

/// <summary>Where a helper of a grain finds its logger.</summary>
internal static class GrainLogging
{
    public static ILogger GrainContextLogger(this Grain grain) =>
        ((IGrainBase)grain).GrainContext.ActivationServices.GetRequiredService<ILoggerFactory>().CreateLogger(grain.GetType());
}
