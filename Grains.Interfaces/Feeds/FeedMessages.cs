using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Feeds;

/// <summary>A feed as it stands.</summary>
/// <param name="Feed">Its name, such as <c>hall/shilong</c>.</param>
/// <param name="Epoch">Changes with each activation of its grain.</param>
/// <param name="Version">Grows by one with each change.</param>
/// <param name="State">The state as JSON.</param>
[GenerateSerializer, Immutable]
public sealed record FeedSnapshot(string Feed, string Epoch, long Version, string State);

/// <summary>Changes of a feed.</summary>
/// <param name="Feed">Its name.</param>
/// <param name="Epoch">The epoch they belong to.</param>
/// <param name="FromVersion">The version before the first of them.</param>
/// <param name="Changes">JSON merge patches (RFC 7396), each raising the version by one.</param>
/// <param name="ChangedAt">When the first of what they hold changed, by the clock of the feed's grain.</param>
[GenerateSerializer, Immutable]
public sealed record FeedChanges(string Feed, string Epoch, long FromVersion, ImmutableArray<string> Changes, DateTimeOffset ChangedAt);

/// <summary>Names of the streams that carry feeds.</summary>
public static class FeedStreams
{
    /// <summary>The stream provider.</summary>
    public const string Provider = "feeds";

    /// <summary>The namespace of feed streams; the key is the feed's name.</summary>
    public const string Namespace = "feed";
}

/// <summary>A grain that has a feed.</summary>
public interface IFeedGrain : IGrainWithStringKey
{
    /// <summary>The feed as it stands; from now on its changes are published.</summary>
    /// <exception cref="Domain.OneStopException">There is no such thing.</exception>
    Task<FeedSnapshot> Snapshot();

    /// <summary>The feed's epoch and version now; answered between other turns.</summary>
    [AlwaysInterleave]
    Task<FeedVersion> Version();
}

/// <summary>Where a feed stands.</summary>
[GenerateSerializer, Immutable]
public readonly record struct FeedVersion(string Epoch, long Version);
