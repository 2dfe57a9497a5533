using System.Collections.Frozen;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>
/// Estimates every wait of a hall at once (H6): simulates futures of those who wait now, under the policy in force, with
/// the counters that are open or planned to open, service times as fitted and visitors still to come who may overtake.
/// </summary>
public static class WaitEstimator
{
    /// <summary>Nothing is looked at beyond; a ticket not called until then has this wait.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(12);

    /// <summary>The waits still ahead.</summary>
    /// <param name="hall">The hall.</param>
    /// <param name="snapshot">The hall at this moment.</param>
    /// <param name="fit">What was learned before.</param>
    /// <param name="options">How.</param>
    public static HallEstimate Estimate(HallDefinition hall, HallSnapshot snapshot, HallFit fit, EstimateOptions options)
    {
        var future = new HallFuture(hall, snapshot, fit, options.Seed);
        var tracked = future.Tracked;
        var waits = new double[tracked * options.Futures];
        for (var i = 0; i < options.Futures; i++) future.Simulate(waits.AsSpan(), i, options.Futures);
        var estimates = new WaitEstimate[tracked];
        for (var i = 0; i < tracked; i++)
        {
            var sorted = waits.AsSpan(i * options.Futures, options.Futures);
            sorted.Sort();
            estimates[i] = new WaitEstimate(Quantile(sorted, 0.5), Quantile(sorted, 0.9));
        }

        return new HallEstimate(
            snapshot.Now,
            future.Waiting.Select((ticket, i) => KeyValuePair.Create(ticket.Id, estimates[i])).ToFrozenDictionary(),
            [.. future.Probes.Select((probe, i) =>
                new NewTicketEstimate(hall.Services[probe.Service].Id, probe.Segment, estimates[future.Waiting.Length + i]))]);
    }

    // The next wait is below the k-th of n with probability k / (n + 1).
    private static long Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var at = Math.Clamp((share * (sorted.Length + 1)) - 1, 0, sorted.Length - 1);
        var low = (int)at;
        var value = low + 1 < sorted.Length ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
        return (long)Math.Ceiling(value);
    }
}
