using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>How good the estimates are: what share of real waits was under P50 and under P90, by service.</summary>
/// <param name="Services">By service.</param>
[GenerateSerializer, Immutable]
public sealed record Calibration(ImmutableDictionary<string, CalibrationCounts> Services)
{
    /// <summary>Nothing seen yet.</summary>
    public static Calibration None { get; } = new(ImmutableDictionary<string, CalibrationCounts>.Empty);

    /// <summary>All services together.</summary>
    public CalibrationCounts Overall => Services.Values.Aggregate(CalibrationCounts.None, (sum, counts) => sum + counts);

    /// <summary>After one more ticket was called.</summary>
    /// <param name="service">Its service.</param>
    /// <param name="estimate">What was estimated when it was taken.</param>
    /// <param name="wait">How long it waited until its first call.</param>
    public Calibration Observe(string service, WaitEstimate estimate, TimeSpan wait) =>
        new(Services.SetItem(service, Services.GetValueOrDefault(service, CalibrationCounts.None).Observe(estimate, wait)));
}

/// <summary>
/// Counts of estimates and of waits under them. An estimate of 0 ("at once") is no bound that half or nine tenths of
/// waits could be under, so it is counted apart; which estimates count is known before the wait is.
/// </summary>
/// <param name="P50Counted">Estimates with a P50 above 0.</param>
/// <param name="UnderP50">Of these, waits of at most P50.</param>
/// <param name="P90Counted">Estimates with a P90 above 0.</param>
/// <param name="UnderP90">Of these, waits of at most P90.</param>
/// <param name="AtOnce">Estimates with a P90 of 0.</param>
/// <param name="CalledAtOnce">Of these, waits of at most a minute.</param>
[GenerateSerializer, Immutable]
public sealed record CalibrationCounts(long P50Counted, long UnderP50, long P90Counted, long UnderP90, long AtOnce, long CalledAtOnce)
{
    /// <summary>Nothing seen yet.</summary>
    public static CalibrationCounts None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Share of waits under P50; good is 0.5. Null before there is one.</summary>
    public double? ShareUnderP50 => P50Counted == 0 ? null : (double)UnderP50 / P50Counted;

    /// <summary>Share of waits under P90; good is 0.9. Null before there is one.</summary>
    public double? ShareUnderP90 => P90Counted == 0 ? null : (double)UnderP90 / P90Counted;

    /// <summary>After one more ticket was called.</summary>
    public CalibrationCounts Observe(WaitEstimate estimate, TimeSpan wait)
    {
        var (p50, p90) = (estimate.P50 > 0, estimate.P90 > 0);
        return new CalibrationCounts(
            P50Counted + One(p50),
            UnderP50 + One(p50 && wait.TotalSeconds <= estimate.P50),
            P90Counted + One(p90),
            UnderP90 + One(p90 && wait.TotalSeconds <= estimate.P90),
            AtOnce + One(!p90),
            CalledAtOnce + One(!p90 && wait <= TimeSpan.FromMinutes(1)));
    }

    /// <summary>Both together.</summary>
    public static CalibrationCounts operator +(CalibrationCounts one, CalibrationCounts other) => new(
        one.P50Counted + other.P50Counted,
        one.UnderP50 + other.UnderP50,
        one.P90Counted + other.P90Counted,
        one.UnderP90 + other.UnderP90,
        one.AtOnce + other.AtOnce,
        one.CalledAtOnce + other.CalledAtOnce);

    private static long One(bool counts) => counts ? 1 : 0;
}
