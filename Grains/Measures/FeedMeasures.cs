using System.Diagnostics.Metrics;

namespace OneStop.Grains.Measures;

/// <summary>Meter <c>OneStop.Feeds</c>. A feed's kind is the part of its name before the slash.</summary>
internal sealed class FeedMeasures : IDisposable
{
    private readonly Meter meter = new("OneStop.Feeds");
    private readonly TimeProvider time;
    private readonly Histogram<double> lag;
    private readonly Counter<long> lost;

    public FeedMeasures(TimeProvider time)
    {
        this.time = time;
        lag = meter.CreateHistogram("onestop.feed.publish.lag", "s", "From a committed change coming to its feed's grain to its publication.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 5] });
        lost = meter.CreateCounter<long>("onestop.feed.lost", "{change}", "Changes that could not be published.");
    }

    public void Published(string kind, DateTimeOffset changedAt) =>
        lag.Record(Math.Max(0, (time.GetUtcNow() - changedAt).TotalSeconds), new KeyValuePair<string, object?>("feed", kind));

    public void Lost(string kind) => lost.Add(1, new KeyValuePair<string, object?>("feed", kind));

    public void Dispose() => meter.Dispose();
}
