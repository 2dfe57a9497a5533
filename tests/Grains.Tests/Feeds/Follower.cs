using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using OneStop.Grains.Interfaces.Feeds;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace OneStop.Grains.Tests.Feeds;

/// <summary>Follows a feed as the hub and a browser do: a snapshot, then changes in order, and when none comes a look at the version.</summary>
internal sealed class Follower
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private const int Patience = 60;

    private readonly Channel<FeedChanges> changes = Channel.CreateUnbounded<FeedChanges>();
    private readonly IFeedGrain grain;
    private readonly string name;

    private Follower(IFeedGrain grain, string name) => (this.grain, this.name) = (grain, name);

    public JsonNode? State { get; private set; }

    public long Version { get; private set; }

    public string Epoch { get; private set; } = "";

    /// <summary>From-versions of the changes applied since the snapshot.</summary>
    public List<long> Applied { get; } = [];

    public static async Task<Follower> FollowAsync(TestTown town, IFeedGrain grain, string name)
    {
        var follower = new Follower(grain, name);
        await town.Services.GetRequiredService<IClusterClient>().GetStreamProvider(FeedStreams.Provider)
            .GetStream<FeedChanges>(StreamId.Create(FeedStreams.Namespace, name))
            .SubscribeAsync((batch, _) => follower.changes.Writer.WriteAsync(batch).AsTask());
        await follower.BeginAsync();
        return follower;
    }

    /// <summary>Applies changes until the state is as wanted.</summary>
    public async Task UntilAsync(Func<JsonNode, bool> wanted, string what)
    {
        while (!wanted(State!))
        {
            if (await NextAsync(what) is not { } batch) continue;
            if (batch.FromVersion + batch.Changes.Length <= Version) continue;
            Assert.Equal((Epoch, Version), (batch.Epoch, batch.FromVersion));
            Applied.Add(batch.FromVersion);
            foreach (var patch in batch.Changes) State = MergePatch(State, JsonNode.Parse(patch));
            Version += batch.Changes.Length;
        }
    }

    private async Task BeginAsync()
    {
        var snapshot = await grain.Snapshot();
        (State, Version, Epoch) = (JsonNode.Parse(snapshot.State), snapshot.Version, snapshot.Epoch);
    }

    // A stream is a hint: what it lost shows in the version, and a fresh snapshot makes it good.
    private async Task<FeedChanges?> NextAsync(string what)
    {
        using var beats = new PeriodicTimer(Beat);
        var comes = changes.Reader.WaitToReadAsync().AsTask();
        for (var beat = 0; beat < Patience; beat++)
        {
            await Task.WhenAny(comes, beats.WaitForNextTickAsync().AsTask());
            if (changes.Reader.TryRead(out var batch)) return batch;
            var stands = await grain.Version();
            if (stands == new FeedVersion(Epoch, Version) || changes.Reader.TryPeek(out _)) continue;
            await BeginAsync();
            return null;
        }

        throw new TimeoutException($"Within {Patience} looks, this did not come: a change of {name} that shows {what}.");
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
