using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using OneStop.Domain;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces;
using Orleans;
using Orleans.Serialization;

namespace OneStop.Cluster.Tests;

/// <summary>Everything that can go from silo to silo comes out as it went in.</summary>
public sealed class RoundTripTests
{
    public static TheoryData<string> Types { get; } =
    [
        .. new[] { typeof(OneStopException).Assembly, typeof(CommandInfo).Assembly, typeof(Definitions).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) && type is { IsAbstract: false, ContainsGenericParameters: false })
            .Select(type => type.AssemblyQualifiedName!)
            .Order(StringComparer.Ordinal),
    ];

    private static Serializer Serializer { get; } =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void ThereAreManyTypes() => Assert.True(Types.Count > 100, $"{Types.Count} types");

    [Theory]
    [MemberData(nameof(Types))]
    public void AMessageComesOutAsItWentIn(string name)
    {
        var type = Type.GetType(name, throwOnError: true)!;
        var message = new Sample().Of(type);

        var back = Serializer.Deserialize<object>(Serializer.SerializeToArray<object>(message));

        Assert.Null(Likeness.Difference(message, back));
    }

    [Fact]
    public void EveryEventIsAmongThem()
    {
        var events = typeof(EventTypeAttribute).Assembly.GetTypes().Where(type => type.GetCustomAttribute<EventTypeAttribute>() is not null);
        Assert.Superset(events.Select(type => type.AssemblyQualifiedName!).ToHashSet(), Types.Select(row => row.Data).ToHashSet());
    }
}
