using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>A share learned one by one, with a beta distribution.</summary>
/// <param name="Yes">Cases that were, with those of the prior.</param>
/// <param name="No">Cases that were not, with those of the prior.</param>
public sealed record ShareFit(double Yes, double No)
{
    /// <summary>Before anything was seen: one in twenty, as sure as after twenty cases.</summary>
    public static ShareFit Prior { get; } = new(1, 19);

    /// <summary>The expected share.</summary>
    public double Mean => Yes / (Yes + No);

    /// <summary>The fit after one more case.</summary>
    public ShareFit Observe(bool was) => was ? this with { Yes = Yes + 1 } : this with { No = No + 1 };

    /// <summary>One share as it may be, given what was seen.</summary>
    public double Draw(SeededRandom random)
    {
        var yes = random.NextGamma(Yes);
        return yes / (yes + random.NextGamma(No));
    }
}
