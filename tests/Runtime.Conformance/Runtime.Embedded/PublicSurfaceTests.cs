using System.Collections.Immutable;
using System.Reflection;

namespace OneStop.Runtime.Conformance;

/// <summary>Holds the embedded runtime's public surface against the metadata of the real assemblies: a strict subset, to the letter.</summary>
public sealed class PublicSurfaceTests
{
    private const string Abstractions = "Microsoft.Orleans.Core.Abstractions";

    /// <summary>
    /// Types that live in other assemblies than the abstractions. Those packages are not on every feed: they are compared where they have been restored.
    /// </summary>
    private static readonly ImmutableSortedDictionary<string, string[]> s_elsewhere = new Dictionary<string, string[]>
    {
        ["Microsoft.Orleans.Serialization.Abstractions"] =
        [
            "Orleans.AliasAttribute", "Orleans.GenerateSerializerAttribute", "Orleans.IdAttribute", "Orleans.ImmutableAttribute",
        ],
        ["Microsoft.Orleans.Serialization"] = ["Orleans.Serialization.Invocation.IInvokable"],
        ["Microsoft.Orleans.Core"] = ["Orleans.Hosting.INamedServiceConfigurator", "Orleans.IClusterClient"],
        ["Microsoft.Orleans.Runtime"] =
        [
            "Microsoft.Extensions.Hosting.OrleansSiloGenericHostExtensions", "Orleans.Configuration.GrainCollectionOptions",
            "Orleans.Hosting.CoreHostingExtensions", "Orleans.Hosting.GrainCallFilterSiloBuilderExtensions", "Orleans.Hosting.ISiloBuilder",
            "Orleans.Hosting.SiloBuilderExtensions",
        ],
        ["Microsoft.Orleans.Persistence.Memory"] =
        [
            "Orleans.Configuration.MemoryGrainStorageOptions", "Orleans.Hosting.MemoryGrainStorageSiloBuilderExtensions",
        ],
        ["Microsoft.Orleans.Streaming"] =
        [
            "Orleans.ClientStreamingExtensions", "Orleans.Configuration.StreamPullingAgentOptions", "Orleans.GrainStreamingExtensions",
            "Orleans.Hosting.IMemoryStreamConfigurator", "Orleans.Hosting.ISiloMemoryStreamConfigurator",
            "Orleans.Hosting.ISiloPersistentStreamConfigurator", "Orleans.Hosting.MemoryStreamConfiguratorExtensions",
            "Orleans.Hosting.SiloBuilderMemoryStreamExtensions", "Orleans.Hosting.SiloPersistentStreamConfiguratorExtensions",
            "Orleans.Runtime.StreamId", "Orleans.Streams.AsyncObservableExtensions", "Orleans.Streams.IAsyncObservable`1",
            "Orleans.Streams.IAsyncObserver`1", "Orleans.Streams.IAsyncStream", "Orleans.Streams.IAsyncStream`1",
            "Orleans.Streams.IStreamProvider", "Orleans.Streams.StreamProviderExtensions", "Orleans.Streams.StreamSequenceToken",
            "Orleans.Streams.StreamSubscriptionHandleExtensions", "Orleans.Streams.StreamSubscriptionHandle`1",
        ],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static TheoryData<string> OtherPackages => [.. s_elsewhere.Keys];

    [Fact]
    public void Every_type_and_member_is_in_the_real_abstractions_word_for_word()
    {
        var real = PublicSurface.Read(Find(Abstractions) ?? throw new InvalidOperationException($"{Abstractions} was not restored."));
        var elsewhere = s_elsewhere.Values.SelectMany(static t => t).ToHashSet(StringComparer.Ordinal);

        AssertNone(Ours().Values.Where(t => !elsewhere.Contains(t.Name)).SelectMany(t => Differences(t, real)));
    }

    [Theory]
    [MemberData(nameof(OtherPackages))]
    public void What_lives_in_another_package_is_there_word_for_word(string package)
    {
        if (Find(package) is not { } path)
        {
            Assert.Skip($"{package} has not been restored on this machine; -p:GrainRuntime=Orleans does it.");
            return;
        }

        var ours = Ours();
        var real = PublicSurface.Read(path);

        AssertNone(s_elsewhere[package].SelectMany(name => Differences(ours[name], real)));
    }

    [Fact]
    public void The_list_of_types_that_live_elsewhere_names_only_types_there_are() =>
        Assert.Empty(s_elsewhere.Values.SelectMany(static t => t).Except(Ours().Keys));

    [Fact]
    public void Nothing_of_our_own_is_public_in_the_models_namespaces_or_the_other_way_round()
    {
        var all = PublicSurface.Read(typeof(EmbeddedRuntime.Simulation).Assembly.Location);

        Assert.All(all.Keys, static n => Assert.True(IsModel(n) || n.StartsWith("OneStop.EmbeddedRuntime.", StringComparison.Ordinal), n));
    }

    private static void AssertNone(IEnumerable<string> differences) =>
        Assert.True(!differences.Any(), string.Join(Environment.NewLine, differences));

    private static IEnumerable<string> Differences(SurfaceType ours, ImmutableSortedDictionary<string, SurfaceType> real)
    {
        if (!real.TryGetValue(ours.Name, out var theirs))
        {
            return [$"{ours.Name} is not there"];
        }

        return ours.Bases.Except(theirs.Bases).Select(b => $"{ours.Name} has no base {b}")
            .Concat(ours.Members.Except(theirs.Members).Select(m => $"{ours.Name} has no {m}"))
            .Concat(ours.Head == theirs.Head ? [] : [$"{ours.Name} is {theirs.Head}, not {ours.Head}"]);
    }

    private static ImmutableSortedDictionary<string, SurfaceType> Ours() =>
        PublicSurface.Read(typeof(EmbeddedRuntime.Simulation).Assembly.Location).Where(static t => IsModel(t.Key))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static bool IsModel(string name) =>
        name.StartsWith("Orleans.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static string? Find(string package)
    {
        var metadata = typeof(PublicSurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToLookup(static a => a.Key, static a => a.Value!);
        var assembly = $"{package["Microsoft.".Length..]}.dll";
        var version = metadata["OrleansVersion"].Single();
        return metadata["PackageFolder"]
            .Select(folder => Path.Combine(folder, package.ToLowerInvariant(), version, "lib", "net10.0", assembly))
            .FirstOrDefault(File.Exists);
    }
}
