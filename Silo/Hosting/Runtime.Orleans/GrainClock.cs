using Orleans.Hosting;
using Orleans.Runtime;

namespace OneStop.Silo.Hosting;

/// <summary>The clock that grains and their timers see is the host's <see cref="TimeProvider"/>; Orleans itself goes by real time.</summary>
public static class GrainClock
{
    /// <summary>Keeps the two apart: with one clock for both, a silo whose clock is not the real one cannot activate grains.</summary>
    public static void UseGrainClock(this ISiloBuilder silo)
    {
        silo.Services.AddKeyedSingleton(KeyedService.AnyKey, static (_, _) => TimeProvider.System);
        silo.Services.AddKeyedSingleton(TimeProviderNames.Grains, static (services, _) => services.GetRequiredService<TimeProvider>());
    }
}
