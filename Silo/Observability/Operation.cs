using OneStop.Journal;
using OneStop.Silo.Health;
using OneStop.WebFrontend.Health;

namespace OneStop.Silo.Observability;

/// <summary>What whoever operates a server looks at: readiness, figures of the process, logs and traces.</summary>
internal static class Operation
{
    /// <summary>Adds it to a server, after what it watches.</summary>
    public static void AddOperation(this WebApplicationBuilder builder, LogFormat log, string dataFolder)
    {
        builder.Logging.AddLog(log);
        builder.AddTraces();
        builder.Services.AddSingleton(new ProcessMeasures(dataFolder));
        builder.Services.AddSingleton<IReadinessCheck, RuntimeReadiness>();
        // A process that only serves pages reaches the record through the grains of others.
        if (builder.Services.Any(service => service.ServiceType == typeof(IJournal)))
            builder.Services.AddSingleton<IReadinessCheck, JournalReadiness>();
        builder.Services.AddSingleton<IReadinessCheck, DefinitionsReadiness>();
    }
}
