using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
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

/// <summary>Starts and stops hosts inside of a simulation: the host's own methods leave it, because they await without context.</summary>
public static class SimulationHostExtensions
{
    /// <summary>Starts a host's services in their order.</summary>
    /// <param name="simulation">The simulation.</param>
    /// <param name="host">The host, built and not started.</param>
    public static void StartServices(this Simulation simulation, IHost host)
    {
        foreach (var service in host.Services.GetServices<IHostedService>())
        {
            simulation.Run(() => service.StartAsync(CancellationToken.None));
        }
    }

    /// <summary>Stops a host's services in reverse order.</summary>
    /// <param name="simulation">The simulation.</param>
    /// <param name="host">The host.</param>
    public static void StopServices(this Simulation simulation, IHost host)
    {
        foreach (var service in host.Services.GetServices<IHostedService>().Reverse())
        {
            simulation.Run(() => service.StopAsync(CancellationToken.None));
        }
    }
}
