using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;

namespace OneStop.EmbeddedRuntime;

/// <summary>Settings that only this runtime has.</summary>
public static class EmbeddedRuntimeSiloBuilderExtensions
{
    /// <summary>Runs the grains in a simulation and makes its clock the host's <see cref="TimeProvider"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="simulation">The simulation.</param>
    public static ISiloBuilder UseSimulation(this ISiloBuilder builder, Simulation simulation)
    {
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(simulation.Clock));
        builder.Services.AddSingleton(simulation);
        return builder.Configure<EmbeddedRuntimeOptions>(o => o.Scheduler = simulation.Scheduler);
    }

    /// <summary>Looks for grain classes in this assembly, and only in those named so.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="assembly">The assembly.</param>
    public static ISiloBuilder AddGrainAssembly(this ISiloBuilder builder, System.Reflection.Assembly assembly) =>
        builder.Configure<EmbeddedRuntimeOptions>(o => o.GrainAssemblies.Add(assembly));
}
