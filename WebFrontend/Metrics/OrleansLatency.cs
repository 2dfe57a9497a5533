using System.Diagnostics.Metrics;
using System.Globalization;

namespace OneStop.WebFrontend.Metrics;

/// <summary>
/// The latency of calls as Orleans tells it: three counters, of which the first has a label for each bucket's upper
/// bound in milliseconds and counts each bucket alone. Here they become one histogram in seconds, cumulative as
/// Prometheus wants it.
/// </summary>
internal sealed class OrleansLatency
{
    private const string Meter = "Microsoft.Orleans";
    private const string Start = "orleans-app-requests-latency-";
    private const string Name = "orleans_app_requests_latency_seconds";
    private const double PerSecond = 1_000;

    private readonly SortedDictionary<double, long> buckets = [];
    private double sum;

    /// <summary>Whether an instrument is one of the three.</summary>
    public static bool Covers(Instrument instrument) =>
        instrument.Meter.Name == Meter && instrument.Name.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>Takes in what is told at a scrape.</summary>
    public void Record(Instrument instrument, double measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // The count is the sum of the buckets; taken from there the two can never differ.
        if (instrument.Name.EndsWith("-sum", StringComparison.Ordinal)) sum = measured / PerSecond;
        foreach (var (key, value) in tags)
            if (key == "duration" && value is string bound)
                buckets[BoundOf(bound)] = (long)measured;
    }

    public void Write(ExpositionWriter writer)
    {
        if (buckets.Count == 0) return;
        writer.Head(Name, MetricKind.Histogram, "seconds", "From sending a call between grains to its answer, as Orleans measures it.");
        double[] bounds = [.. buckets.Keys.Where(double.IsFinite)];
        writer.WriteHistogram(Name, "", bounds, [.. bounds.Select(bound => buckets[bound]), buckets.GetValueOrDefault(double.PositiveInfinity)], sum);
    }

    // The last bucket is labelled with the largest number there is: it has no bound.
    private static double BoundOf(string label) =>
        long.TryParse(label.AsSpan(0, label.Length - "ms".Length), CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < long.MaxValue
            ? milliseconds / PerSecond
            : double.PositiveInfinity;
}
