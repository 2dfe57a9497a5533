using System.Diagnostics.Metrics;
using OneStop.Grains.Interfaces.Feeds;

namespace OneStop.WebFrontend.Feeds;

/// <summary>Meter <c>OneStop.FeedRelay</c>: how late changes come to those who watch.</summary>
internal sealed class FeedRelayMeasures : IDisposable
{
    private readonly Meter meter = new("OneStop.FeedRelay");
    private readonly TimeProvider time;
    private readonly UpDownCounter<long> followed;
    private readonly Histogram<double> lag;

    public FeedRelayMeasures(TimeProvider time)
    {
        this.time = time;
        followed = meter.CreateUpDownCounter<long>("onestop.feed.followed", "{feed}", "Feeds that somebody follows here.");
        lag = meter.CreateHistogram("onestop.feed.lag", "s", "From a committed change coming to its feed's grain to its being sent to those who follow here.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 5] });
    }

    public void Follows(int more) => followed.Add(more);

    public void Sent(FeedChanges changes) => lag.Record(
        Math.Max(0, (time.GetUtcNow() - changes.ChangedAt).TotalSeconds),
        new KeyValuePair<string, object?>("feed", changes.Feed[..changes.Feed.IndexOf('/', StringComparison.Ordinal)]));

    public void Dispose() => meter.Dispose();
}
