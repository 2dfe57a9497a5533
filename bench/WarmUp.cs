using System.Diagnostics;
using System.Runtime;

namespace OneStop.Bench;

/// <summary>
/// Rules, grains and the store's driver are compiled on their way, and compiled again once they are known to be busy. On two
/// cores that takes half of one for the first half minute; it is no part of what a running town does in a second.
/// </summary>
internal static class WarmUp
{
    private const double StillCompiling = 0.02;
    private const int MostRounds = 20;

    /// <summary>Works until the compiler has next to nothing left to do.</summary>
    /// <param name="round">What will be measured.</param>
    public static async Task UntilCompiledAsync(Func<Task> round)
    {
        for (var i = 0; i < MostRounds; i++)
        {
            var (clock, before) = (Stopwatch.StartNew(), JitInfo.GetCompilationTime());
            await round();
            if (JitInfo.GetCompilationTime() - before < clock.Elapsed * StillCompiling) return;
        }
    }
}
