using System.Diagnostics;
using Orleans;

namespace OneStop.Bench;

/// <summary>A grain that gives back what it gets.</summary>
public interface IEchoGrain : IGrainWithStringKey
{
    Task<long> Echo(long value);
}

/// <summary>A grain that gives back what it gets.</summary>
public sealed class EchoGrain : Grain, IEchoGrain
{
    public Task<long> Echo(long value) => Task.FromResult(value);
}

/// <summary>What was measured.</summary>
/// <param name="Calls">Calls answered.</param>
/// <param name="Elapsed">In this time.</param>
public sealed record GrainCallRateResult(long Calls, TimeSpan Elapsed)
{
    public double CallsPerSecond => Calls / Elapsed.TotalSeconds;
}

/// <summary>How many grain calls a second the runtime carries, whichever it is.</summary>
public static class GrainCallRate
{
    /// <summary>Calls echo grains from outside of grains, several callers for each, every caller one call after the other.</summary>
    /// <param name="factory">The runtime's.</param>
    /// <param name="grains">How many grains.</param>
    /// <param name="callersPerGrain">How many callers for each.</param>
    /// <param name="callsPerCaller">How many calls each caller makes.</param>
    public static async Task<GrainCallRateResult> MeasureAsync(
        IGrainFactory factory, int grains = 64, int callersPerGrain = 8, int callsPerCaller = 5_000)
    {
        var targets = Enumerable.Range(0, grains).Select(i => factory.GetGrain<IEchoGrain>($"echo-{i}")).ToArray();
        await RunAsync(targets, callersPerGrain, Math.Max(1, callsPerCaller / 10));

        var clock = Stopwatch.StartNew();
        await RunAsync(targets, callersPerGrain, callsPerCaller);
        return new((long)grains * callersPerGrain * callsPerCaller, clock.Elapsed);
    }

    private static Task RunAsync(IEchoGrain[] targets, int callersPerGrain, int calls) =>
        Task.WhenAll(targets.SelectMany(t => Enumerable.Range(0, callersPerGrain).Select(_ => Task.Run(() => CallAsync(t, calls)))));

    private static async Task CallAsync(IEchoGrain grain, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            if (await grain.Echo(i) != i)
            {
                throw new InvalidOperationException("An echo came back changed.");
            }
        }
    }
}
