using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using OneStop.Grains.Interfaces.Feeds;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace OneStop.Grains.Tests.Feeds;

/// <summary>Follows a feed as the hub does: a snapshot, then changes in order.</summary>
internal sealed class Follower
{
    private readonly Channel<FeedChanges> changes = Channel.CreateUnbounded<FeedChanges>();
    private readonly string name;

    private Follower(string name) => this.name = name;

    public JsonNode? State { get; private set; }

    public long Version { get; private set; }

    public string Epoch { get; private set; } = "";

    /// <summary>From-versions of the changes applied since the snapshot.</summary>
    public List<long> Applied { get; } = [];

    public static async Task<Follower> FollowAsync(TestTown town, IFeedGrain grain, string name)
    {
        var follower = new Follower(name);
        await town.Services.GetRequiredService<IClusterClient>().GetStreamProvider(FeedStreams.Provider)
            .GetStream<FeedChanges>(StreamId.Create(FeedStreams.Namespace, name))
            .SubscribeAsync((batch, _) => follower.changes.Writer.WriteAsync(batch).AsTask());
        var snapshot = await grain.Snapshot();
        (follower.State, follower.Version, follower.Epoch) = (JsonNode.Parse(snapshot.State), snapshot.Version, snapshot.Epoch);
        return follower;
    }

    /// <summary>Applies changes until the state is as wanted.</summary>
    public async Task UntilAsync(Func<JsonNode, bool> wanted, string what)
    {
        while (!wanted(State!))
        {
            var batch = await Eventually.ComesAsync(changes.Reader.ReadAsync().AsTask(), $"a change of {name} that shows {what}");
            if (batch.FromVersion + batch.Changes.Length <= Version) continue;
            Assert.Equal((Epoch, Version), (batch.Epoch, batch.FromVersion));
            Applied.Add(batch.FromVersion);
            foreach (var patch in batch.Changes) State = MergePatch(State, JsonNode.Parse(patch));
            Version += batch.Changes.Length;
        }
    }

    // RFC 7396, section 2, word for word.
    private static JsonNode? MergePatch(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var merged = target is JsonObject old ? old.DeepClone().AsObject() : [];
        foreach (var (key, value) in changes)
        {
            if (value is null) merged.Remove(key);
            else merged[key] = MergePatch(merged[key], value);
        }

        return merged;
    }
}
