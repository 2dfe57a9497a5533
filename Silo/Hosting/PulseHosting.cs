namespace OneStop.Silo.Hosting;

/// <summary>What a process that hosts grains does by its real clock.</summary>
public static class PulseHosting
{
    /// <summary>Keeps every shard of the durable clock awake somewhere.</summary>
    public static IServiceCollection AddPulse(this IServiceCollection services) =>
        services.AddSingleton<PulseNudge>().AddHostedService<Pulse>();
}
