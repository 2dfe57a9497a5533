using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>An estimated wait as a range.</summary>
/// <param name="P50">Seconds that half of such visitors wait at most.</param>
/// <param name="P90">Seconds that nine of ten such visitors wait at most.</param>
[GenerateSerializer, Immutable]
public sealed record WaitEstimate(long P50, long P90)
{
    /// <summary>
    /// The wait until a counter is free, when as many services must end first as there are people ahead, less the
    /// free counters, and services end at random at the rate of the busy counters (a sum of exponential times).
    /// </summary>
    /// <param name="ahead">People called before this one.</param>
    /// <param name="counters">Counters that serve; none counts as one that is about to open.</param>
    /// <param name="free">Counters of these that are free now.</param>
    /// <param name="mean">Mean length of a service.</param>
    public static WaitEstimate For(int ahead, int counters, int free, TimeSpan mean)
    {
        var services = ahead + 1 - free;
        if (services <= 0) return new WaitEstimate(0, 0);
        var scale = mean.TotalSeconds / Math.Max(1, counters);
        return new WaitEstimate(Quantile(services, scale, 0), Quantile(services, scale, 1.2815515655446004));
    }

    // Wilson and Hilferty (1931): the cube root of a gamma variate is nearly normal.
    private static long Quantile(int shape, double scale, double z)
    {
        var term = 1 - (1.0 / (9 * shape)) + (z / (3 * Math.Sqrt(shape)));
        return (long)Math.Ceiling(shape * scale * term * term * term);
    }
}
