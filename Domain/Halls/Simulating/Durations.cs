using System.Collections.Immutable;

namespace OneStop.Domain.Halls.Simulating;

/// <summary>How long something takes, as a distribution.</summary>
public abstract record Durations
{
    /// <summary>One length, never negative.</summary>
    public abstract TimeSpan Sample(SeededRandom random);

    /// <summary>Seconds as a length.</summary>
    protected static TimeSpan Seconds(double seconds) => TimeSpan.FromTicks((long)(Math.Clamp(seconds, 0, 1e9) * TimeSpan.TicksPerSecond));
}

/// <summary>Exponential lengths.</summary>
/// <param name="Mean">Their mean.</param>
public sealed record ExponentialDurations(TimeSpan Mean) : Durations
{
    /// <inheritdoc/>
    public override TimeSpan Sample(SeededRandom random) => Seconds(Mean.TotalSeconds * random.NextExponential());
}

/// <summary>Lognormal lengths, as services at a counter usually have (Brown et al. 2005).</summary>
/// <param name="Median">Half are shorter.</param>
/// <param name="Sigma">Standard deviation of the logarithm.</param>
public sealed record LognormalDurations(TimeSpan Median, double Sigma) : Durations
{
    /// <inheritdoc/>
    public override TimeSpan Sample(SeededRandom random) => Seconds(Median.TotalSeconds * Math.Exp(Sigma * random.NextNormal()));
}

/// <summary>Always the same length.</summary>
/// <param name="Length">That length.</param>
public sealed record FixedDurations(TimeSpan Length) : Durations
{
    /// <inheritdoc/>
    public override TimeSpan Sample(SeededRandom random) => Length;
}

/// <summary>Lengths drawn from seen ones.</summary>
/// <param name="Seen">What was seen; not empty.</param>
public sealed record EmpiricalDurations(ImmutableArray<TimeSpan> Seen) : Durations
{
    /// <inheritdoc/>
    public override TimeSpan Sample(SeededRandom random) => Seen[random.NextInt(Seen.Length)];
}
