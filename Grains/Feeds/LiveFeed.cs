using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OneStop.Grains.Interfaces.Feeds;
using OneStop.Grains.Measures;
using OneStop.Grains.Records;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace OneStop.Grains.Feeds;

/// <summary>
/// A grain's state as its watchers see it, without members that are null. Each change is a JSON merge patch (RFC 7396) of the members that differ.
/// While nobody watches, a change costs nothing.
/// </summary>
internal sealed partial class LiveFeed
{
    // Followed feeds are asked for their version every second; after this long without, nobody watches any more.
    private static readonly TimeSpan WatchedFor = TimeSpan.FromMinutes(1);

    private readonly Grain grain;
    private readonly string name;
    private readonly TimeProvider time;
    private readonly FeedMeasures measures;
    private readonly ILogger logger;
    private readonly Func<object> current;
    private readonly string epoch;
    private readonly Gathered publishing;
    private JsonObject state = [];
    private long version;
    private bool hasMoved;
    private DateTimeOffset? changedAt;
    private DateTimeOffset watchedUntil = DateTimeOffset.MinValue;
    private IAsyncStream<FeedChanges>? stream;

    /// <summary>Creates the feed of a grain.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="name">The feed's name.</param>
    /// <param name="time">The clock.</param>
    /// <param name="measures">What feeds measure.</param>
    /// <param name="logger">Where a lost change is told.</param>
    /// <param name="current">The state as it is when asked.</param>
    public LiveFeed(Grain grain, string name, TimeProvider time, FeedMeasures measures, ILogger logger, Func<object> current)
    {
        (this.grain, this.name, this.time, this.measures, this.logger, this.current) = (grain, name, time, measures, logger, current);
        epoch = time.GetUtcNow().Micros().ToString("x", CultureInfo.InvariantCulture);
        publishing = new Gathered(grain, time, PublishAsync);
    }

    private string Kind => name[..name.IndexOf('/', StringComparison.Ordinal)];

    private bool IsWatched => time.GetUtcNow() < watchedUntil;

    /// <summary>The state may have changed.</summary>
    public Task ChangedAsync() => ChangedAsync(moved: false);

    /// <summary>
    /// What the state is made of has changed. The version grows even when the state looks the same in the end: feeds that
    /// follow this one show more of it.
    /// </summary>
    public Task MovedAsync() => ChangedAsync(moved: true);

    /// <summary>The feed as it stands, with every change told of before; from now on changes are published.</summary>
    public async Task<FeedSnapshot> SnapshotAsync()
    {
        if (IsWatched) await publishing.FlushAsync();
        else Advance();
        watchedUntil = time.GetUtcNow() + WatchedFor;
        return new FeedSnapshot(name, epoch, version, state.ToJsonString());
    }

    /// <summary>Where the feed stands; asking keeps it watched.</summary>
    public FeedVersion Version()
    {
        if (IsWatched) watchedUntil = time.GetUtcNow() + WatchedFor;
        return new FeedVersion(epoch, version);
    }

    private Task ChangedAsync(bool moved)
    {
        if (!IsWatched) return Task.CompletedTask;
        hasMoved |= moved;
        changedAt ??= time.GetUtcNow();
        return publishing.RequestAsync();
    }

    private static JsonObject Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var (key, value) in to)
        {
            var old = from[key];
            if (JsonNode.DeepEquals(old, value)) continue;
            patch[key] = old is JsonObject before && value is JsonObject after ? Difference(before, after) : value!.DeepClone();
        }

        foreach (var (key, _) in from)
            if (!to.ContainsKey(key))
                patch[key] = null;
        return patch;
    }

    // In a merge patch null means "gone": a member that is null and one that is not there must be the same from the start.
    private static JsonObject WithoutNulls(JsonObject state)
    {
        foreach (var (key, value) in state.ToArray())
        {
            if (value is null) state.Remove(key);
            else if (value is JsonObject inner) WithoutNulls(inner);
        }

        return state;
    }

    private JsonObject Advance()
    {
        var next = WithoutNulls(JsonSerializer.SerializeToNode(current(), EventCodec.Json)!.AsObject());
        var patch = Difference(state, next);
        if (patch.Count == 0 && !hasMoved) return patch;
        hasMoved = false;
        state = next;
        version++;
        return patch;
    }

    private async Task PublishAsync()
    {
        var from = version;
        var since = changedAt ?? time.GetUtcNow();
        changedAt = null;
        var patch = Advance();
        if (version == from) return;
        try
        {
            stream ??= grain.GetStreamProvider(FeedStreams.Provider)
                .GetStream<FeedChanges>(StreamId.Create(FeedStreams.Namespace, name));
            await stream.OnNextAsync(new FeedChanges(name, epoch, from, [patch.ToJsonString()], since));
            measures.Published(Kind, since);
        }
        catch (Exception e)
        {
            // A lost change is seen by its gap; the next snapshot makes it good.
            measures.Lost(Kind);
            LogLost(logger, e, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A change of feed {Feed} could not be published.")]
    private static partial void LogLost(ILogger logger, Exception exception, string feed);
}
