using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>
/// A lognormal distribution of lengths learned one by one: conjugate normal-inverse-gamma on the logarithm (Gelman et
/// al., Bayesian Data Analysis, 3.3). The prior weighs as much as <see cref="PriorWeight"/> lengths, so the first few
/// do not swing it.
/// </summary>
/// <param name="Location">Expected mean of the logarithm (of seconds).</param>
/// <param name="Weight">How many lengths it rests on, with those of the prior.</param>
/// <param name="Shape">Shape of the variance's inverse gamma distribution.</param>
/// <param name="Scale">Its scale.</param>
/// <param name="Seen">How many lengths were taken in.</param>
public sealed record DurationFit(double Location, double Weight, double Shape, double Scale, long Seen)
{
    /// <summary>Weight of the prior, in lengths.</summary>
    public const double PriorWeight = 5;

    /// <summary>Shorter ones are a button pressed by mistake and are left out.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);

    /// <summary>Longer ones are a button nobody pressed and are left out.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    // Logarithms further from the centre than this many standard deviations are drawn in to there, so that one
    // forgotten service among short ones moves the fit no further than a long one.
    private const double MostDeviations = 3;
    private const double PriorVariance = 0.5;
    private const double PriorShape = 3;

    /// <summary>What is known before anything was seen.</summary>
    /// <param name="expected">The mean expected.</param>
    public static DurationFit Prior(TimeSpan expected) => new(
        Math.Log(Math.Max(1, expected.TotalSeconds)) - (PriorVariance / 2), PriorWeight, PriorShape, PriorVariance * (PriorShape - 1), 0);

    /// <summary>Expected variance of the logarithm.</summary>
    public double Variance => Scale / (Shape - 1);

    /// <summary>Half of all lengths are expected to be shorter.</summary>
    public TimeSpan Median => TimeSpan.FromSeconds(Math.Exp(Location));

    /// <summary>The expected mean length.</summary>
    public TimeSpan Mean => TimeSpan.FromSeconds(Math.Exp(Location + (Variance / 2)));

    /// <summary>The fit after one more length.</summary>
    public DurationFit Observe(TimeSpan length)
    {
        if (length < Shortest || length > Longest) return this;
        var reach = MostDeviations * Math.Sqrt(Variance * (1 + (1 / Weight)));
        var x = Math.Clamp(Math.Log(length.TotalSeconds), Location - reach, Location + reach);
        var off = x - Location;
        return new DurationFit(
            Location + (off / (Weight + 1)), Weight + 1, Shape + 0.5, Scale + (Weight * off * off / (2 * (Weight + 1))), Seen + 1);
    }

    /// <summary>One distribution as it may be, given what was seen.</summary>
    public DurationDraw Draw(SeededRandom random)
    {
        var variance = Scale / random.NextGamma(Shape);
        return new DurationDraw(Location + (Math.Sqrt(variance / Weight) * random.NextNormal()), Math.Sqrt(variance));
    }
}

/// <summary>A lognormal distribution.</summary>
/// <param name="Location">Mean of the logarithm (of seconds).</param>
/// <param name="Sigma">Its standard deviation.</param>
public readonly record struct DurationDraw(double Location, double Sigma)
{
    /// <summary>One length, in ticks.</summary>
    public long Sample(SeededRandom random) => Ticks(Location + (Sigma * random.NextNormal()));

    /// <summary>Share of lengths longer than so many ticks.</summary>
    public double Longer(long ticks) => ticks <= 0 ? 1 : 1 - Normal.Below((Math.Log((double)ticks / TimeSpan.TicksPerSecond) - Location) / Sigma);

    /// <summary>What is left, in ticks, of a length of which so much has passed.</summary>
    public long SampleRemaining(SeededRandom random, long elapsed)
    {
        if (elapsed <= 0) return Sample(random);
        var passed = Normal.Below((Math.Log((double)elapsed / TimeSpan.TicksPerSecond) - Location) / Sigma);
        // Beyond what the distribution knows, the longer it took the longer it takes.
        if (passed > 1 - 1e-9) return (long)(elapsed * 0.1 * random.NextExponential());
        var z = Normal.Quantile(passed + ((1 - passed) * random.NextUniform()));
        return Math.Max(0, Ticks(Location + (Sigma * z)) - elapsed);
    }

    private static long Ticks(double logarithm) => (long)(Math.Exp(Math.Min(logarithm, 12)) * TimeSpan.TicksPerSecond);
}
