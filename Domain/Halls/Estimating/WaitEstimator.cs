
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
        var run = new EstimateRun(hall, snapshot, fit, options);
        run.Advance(options.Futures);
        return run.Result();
    }
}
