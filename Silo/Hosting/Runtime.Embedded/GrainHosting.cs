using OneStop.EmbeddedRuntime;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces.Feeds;
using Orleans.Hosting;

namespace OneStop.Silo.Hosting;

/// <summary>Puts the grains on the embedded runtime: one process, nothing else to start.</summary>
public static class GrainHosting
{
    /// <summary>The runtime's name, as it is reported.</summary>
    public const string Runtime = "Embedded";

    /// <summary>Whether several processes can make one cluster.</summary>
    public static bool HasClusters => false;

    /// <summary>Adds the runtime that serves as asked for.</summary>
    internal static void AddGrains(this IHostApplicationBuilder builder, ServeOptions options)
    {
        _ = options;
        builder.AddGrains(simulation: null);
    }

    /// <summary>Makes what the runtime needs before it starts: nothing.</summary>
    internal static Task PrepareAsync(ServeOptions options, CancellationToken cancellation)
    {
        _ = options;
        cancellation.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    /// <summary>Adds the runtime and the streams that carry feeds.</summary>
    public static void AddGrains(this IHostApplicationBuilder builder, Simulation? simulation = null) => builder.UseOrleans(silo =>
    {
        silo.AddGrainAssembly(typeof(Definitions).Assembly);
        silo.AddMemoryStreams(FeedStreams.Provider);
        if (simulation is not null) silo.UseSimulation(simulation);
    });
}
