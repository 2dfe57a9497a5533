using Microsoft.Extensions.Hosting;

namespace OneStop.Bench;

/// <summary>What the bench needs of Orleans.</summary>
internal static class Bench
{
    /// <summary>Orleans finds the grain by the code generated for it.</summary>
    public static void AddEchoGrain(IHostApplicationBuilder builder) => ArgumentNullException.ThrowIfNull(builder);
}
