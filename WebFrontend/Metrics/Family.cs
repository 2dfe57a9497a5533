using System.Diagnostics.Metrics;

namespace OneStop.WebFrontend.Metrics;

/// <summary>Everything under one name: its kind, its help and its series.</summary>
internal sealed class Family
{
    private static readonly double[] Seconds = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];
    private static readonly double[] Plain = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

    private readonly MetricName name;
    private readonly SeriesTable table;
    private readonly bool replaces;

    private Family(Instrument instrument, MetricKind kind, bool asked, MetricName name, int mostSeries)
    {
        (this.name, Kind, IsAsked) = (name, kind, asked);
        Help = instrument.Description is { Length: > 0 } given ? given : $"Instrument {instrument.Name} of meter {instrument.Meter.Name}.";
        Bounds = kind is MetricKind.Histogram ? BoundsOf(instrument, name) : [];
        table = new SeriesTable(Bounds, mostSeries);
        replaces = instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);
    }

    public string Name => name.Name;

    public string Unit => name.Unit;

    public MetricKind Kind { get; }

    public string Help { get; }

    /// <summary>Whether its values are asked for at each scrape, instead of told as they happen.</summary>
    public bool IsAsked { get; }

    public double[] Bounds { get; }

    public Series[] Series => table.All;

    /// <summary>The family of an instrument; null when it is of a kind that is not known.</summary>
    public static Family? Of(Instrument instrument, int mostSeries)
    {
        var type = instrument.GetType();
        if (!type.IsGenericType) return null;
        var definition = type.GetGenericTypeDefinition();
        (MetricKind Kind, bool Asked)? found =
            definition == typeof(Counter<>) ? (MetricKind.Counter, false)
            : definition == typeof(ObservableCounter<>) ? (MetricKind.Counter, true)
            : definition == typeof(UpDownCounter<>) || definition == typeof(Gauge<>) ? (MetricKind.Gauge, false)
            : definition == typeof(ObservableUpDownCounter<>) || definition == typeof(ObservableGauge<>) ? (MetricKind.Gauge, true)
            : definition == typeof(Histogram<>) ? (MetricKind.Histogram, false)
            : null;
        if (found is not { } form) return null;
        return new Family(instrument, form.Kind, form.Asked, MetricName.Of(instrument.Name, instrument.Unit, form.Kind), mostSeries);
    }

    /// <summary>Takes a measurement in; false when it was dropped.</summary>
    public bool Record(double measured, ReadOnlySpan<KeyValuePair<string, object?>> tags, int scrape)
    {
        if (!double.IsFinite(measured)) return true;
        if (table.Of(tags) is not { } series) return false;
        var value = measured * name.Scale;
        if (IsAsked) series.Tell(value, scrape);
        else if (Kind is MetricKind.Histogram) series.Observe(value);
        else if (replaces) series.Set(value);
        else series.Add(value);
        return true;
    }

    private static double[] BoundsOf(Instrument instrument, MetricName name)
    {
        var advised = instrument switch
        {
            Histogram<double> h => h.Advice?.HistogramBucketBoundaries,
            Histogram<long> h => h.Advice?.HistogramBucketBoundaries?.Select(b => (double)b),
            Histogram<int> h => h.Advice?.HistogramBucketBoundaries?.Select(b => (double)b),
            Histogram<float> h => h.Advice?.HistogramBucketBoundaries?.Select(b => (double)b),
            _ => null,
        };
        // Advice is in the instrument's unit; the defaults are in the base unit already.
        return advised is null ? (name.Unit == "seconds" ? Seconds : Plain) : [.. advised.Select(bound => bound * name.Scale).Order()];
    }
}
