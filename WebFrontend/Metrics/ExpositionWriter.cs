using System.Globalization;
using System.Text;

namespace OneStop.WebFrontend.Metrics;

/// <summary>Writes families in the Prometheus text format 0.0.4.</summary>
internal sealed class ExpositionWriter
{
    private readonly StringBuilder text = new(1 << 16);

    public void Write(Family family, IReadOnlyCollection<Series> series)
    {
        // A family without a series is named all the same: a scrape tells what there can be.
        Head(family.Name, family.Kind, family.Unit, family.Help);
        foreach (var one in series)
        {
            if (family.Kind is MetricKind.Histogram)
            {
                var (sum, buckets) = one.Histogram();
                WriteHistogram(family.Name, one.Labels, family.Bounds, buckets, sum);
            }
            else
            {
                Sample(family.Name, one.Labels, one.Value());
            }
        }
    }

    public void WriteCounter(string name, string help, double value)
    {
        Head(name, MetricKind.Counter, "", help);
        Sample(name, "", value);
    }

    public void Head(string name, MetricKind kind, string unit, string help)
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace(@"\", @"\\", StringComparison.Ordinal).ReplaceLineEndings(" ")).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Gauge => "gauge",
            _ => "histogram",
        }).Append('\n');
        // For readers of the newer format; in this one it is a comment.
        if (unit.Length > 0) text.Append("# UNIT ").Append(name).Append(' ').Append(unit).Append('\n');
    }

    /// <param name="name">The family's name.</param>
    /// <param name="labels">The series' labels.</param>
    /// <param name="bounds">Upper bounds.</param>
    /// <param name="buckets">Observations in each bucket alone; one more than there are bounds.</param>
    /// <param name="sum">Sum of all observations.</param>
    public void WriteHistogram(string name, string labels, double[] bounds, long[] buckets, double sum)
    {
        var before = labels.Length > 0 ? labels + "," : "";
        var total = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            total += buckets[i];
            Sample(name + "_bucket", $"{before}le=\"{(i < bounds.Length ? Number(bounds[i]) : "+Inf")}\"", total);
        }

        Sample(name + "_sum", labels, sum);
        Sample(name + "_count", labels, total);
    }

    public override string ToString() => text.ToString();

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private void Sample(string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }
}
