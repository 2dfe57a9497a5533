using OneStop.WebFrontend.Tracing;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Orleans;

namespace OneStop.Silo.Observability;

/// <summary>Traces over OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to; otherwise nothing of it is there.</summary>
internal static class Traces
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTraces(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint))) return;
        builder.Services.AddSingleton<IIncomingGrainCallFilter, CallTracing>();
        builder.Services.AddSingleton<IStartupFilter, RequestTracing>();
        builder.Services.AddHostedService<Exporter>();
    }

    // The exporter reads its own settings (OTEL_EXPORTER_OTLP_*) from the environment.
    private sealed class Exporter : IHostedService, IDisposable
    {
        private readonly TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("onestop").AddEnvironmentVariableDetector())
            .AddSource("Microsoft.AspNetCore", CallTracing.Source, "OneStop.Journal", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application")
            .AddOtlpExporter()
            .Build();

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            provider.ForceFlush();
            return Task.CompletedTask;
        }

        public void Dispose() => provider.Dispose();
    }
}
