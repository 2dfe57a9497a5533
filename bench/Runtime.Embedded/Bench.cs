using Microsoft.Extensions.Hosting;
using OneStop.EmbeddedRuntime;

namespace OneStop.Bench;

/// <summary>What the bench needs of the embedded runtime.</summary>
internal static class Bench
{
    /// <summary>Makes the bench's own grain known.</summary>
    public static void AddEchoGrain(IHostApplicationBuilder builder) =>
        builder.UseOrleans(silo => silo.AddGrainAssembly(typeof(EchoGrain).Assembly));
}
