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

    /// <summary>Adds the runtime and the streams that carry feeds.</summary>
    public static void AddGrains(this IHostApplicationBuilder builder, Simulation? simulation = null) => builder.UseOrleans(silo =>
    {
        silo.AddGrainAssembly(typeof(Definitions).Assembly);
        silo.AddMemoryStreams(FeedStreams.Provider);
        if (simulation is not null) silo.UseSimulation(simulation);
    });
}
