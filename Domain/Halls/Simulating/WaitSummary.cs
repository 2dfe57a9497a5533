using System.Collections.Immutable;

namespace OneStop.Domain.Halls.Simulating;

/// <summary>A figure with its 95% confidence interval.</summary>
/// <param name="Value">The figure.</param>
/// <param name="HalfWidth">Half the width of the interval.</param>
public readonly record struct Figure(double Value, double HalfWidth)
{
    /// <summary>Lower end.</summary>
    public double Low => Value - HalfWidth;

    /// <summary>Upper end.</summary>
    public double High => Value + HalfWidth;

    /// <summary>Whether the interval holds this value.</summary>
    public bool Holds(double value) => Low <= value && value <= High;
}

/// <summary>
/// Waits in figures. The intervals come from the means of equal batches of successive waits (Law and Kelton, batch
/// means), because successive waits are alike and a plain standard error would be too small.
/// </summary>
/// <param name="Count">How many waits.</param>
/// <param name="Mean">Mean, in seconds.</param>
/// <param name="P50">Median, in seconds.</param>
/// <param name="P90">Nine of ten are shorter, in seconds.</param>
/// <param name="Longest">The longest, in seconds.</param>
/// <param name="Waited">Share that waited at all.</param>
/// <param name="Within">Share that waited at most the limit asked for.</param>
public sealed record WaitSummary(int Count, Figure Mean, Figure P50, Figure P90, double Longest, Figure Waited, Figure Within)
{
    private const int Batches = 30;

    // Student's t with 29 degrees of freedom, two-sided 95%.
    private const double T29 = 2.0452296421327034;

    /// <summary>Sums waits up.</summary>
    /// <param name="waits">In the order of coming.</param>
    /// <param name="limit">The limit for <see cref="Within"/>.</param>
    public static WaitSummary Of(ImmutableArray<TimeSpan> waits, TimeSpan limit)
    {
        double[] seconds = [.. waits.Select(w => w.TotalSeconds)];
        return new WaitSummary(
            seconds.Length,
            FigureOf(seconds, Average),
            FigureOf(seconds, batch => Quantile(batch, 0.5)),
            FigureOf(seconds, batch => Quantile(batch, 0.9)),
            seconds.Length == 0 ? 0 : seconds.Max(),
            FigureOf(seconds, batch => Share(batch, wait => wait > 0)),
            FigureOf(seconds, batch => Share(batch, wait => wait <= limit.TotalSeconds)));
    }

    /// <summary>A quantile by linear interpolation.</summary>
    /// <param name="values">In any order.</param>
    /// <param name="share">Share of the values below it, 0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> values, double share)
    {
        if (values.IsEmpty) return 0;
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var at = share * (sorted.Length - 1);
        var low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }

    private delegate double Statistic(ReadOnlySpan<double> values);

    private static Figure FigureOf(double[] values, Statistic statistic)
    {
        var whole = values.Length == 0 ? 0 : statistic(values);
        var size = values.Length / Batches;
        if (size == 0) return new Figure(whole, double.PositiveInfinity);
        double sum = 0, squares = 0;
        for (var i = 0; i < Batches; i++)
        {
            var batch = statistic(values.AsSpan(i * size, size));
            sum += batch;
            squares += batch * batch;
        }

        var variance = Math.Max(0, (squares - (sum * sum / Batches)) / (Batches - 1));
        return new Figure(whole, T29 * Math.Sqrt(variance / Batches));
    }

    private static double Average(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    private static double Share(ReadOnlySpan<double> values, Predicate<double> holds)
    {
        var count = 0;
        foreach (var value in values)
            if (holds(value))
                count++;
        return (double)count / values.Length;
    }
}
