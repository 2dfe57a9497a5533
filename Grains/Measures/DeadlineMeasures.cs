using System.Diagnostics.Metrics;
using OneStop.Grains.Records;

namespace OneStop.Grains.Measures;

/// <summary>Meter <c>OneStop.Deadlines</c>. A shard is told by the process where it lives.</summary>
internal sealed class DeadlineMeasures : IDisposable
{
    private readonly Meter meter = new("OneStop.Deadlines");
    private readonly TimeProvider time;
    private readonly Held<long> shards;
    private readonly Histogram<double> lag;
    private readonly Counter<long> wakeUps;

    public DeadlineMeasures(TimeProvider time)
    {
        this.time = time;
        shards = new Held<long>(time);
        meter.CreateObservableGauge("onestop.deadline.shards", () => shards.Values.Count(), "{shard}", "Shards of the durable clock that live here.");
        meter.CreateObservableGauge("onestop.deadline.overdue", Overdue, "s", "How long the earliest wake-up that is not effected yet has been due.");
        lag = meter.CreateHistogram("onestop.deadline.lag", "s", "From the instant at which a wake-up was due to its firing.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 3_600] });
        wakeUps = meter.CreateCounter<long>("onestop.deadline.wakeups", "{wakeup}", "Wake-ups delivered, by outcome.");
    }

    /// <summary>A shard says when its first wake-up that is not effected yet is or was due; the latest instant there is when it has none.</summary>
    public void Say(object activation, string shard, long firstDue) => shards.Say(shard, activation, firstDue);

    public void Forget(object activation, string shard) => shards.Forget(shard, activation);

    public void Fired(long due) => lag.Record(SecondsSince(due));

    public void Delivered() => wakeUps.Add(1, new KeyValuePair<string, object?>("outcome", "delivered"));

    public void Failed() => wakeUps.Add(1, new KeyValuePair<string, object?>("outcome", "failed"));

    public void Dispose() => meter.Dispose();

    private double Overdue() => shards.Values.Select(shard => SecondsSince(shard.Value)).DefaultIfEmpty(0).Max();

    private double SecondsSince(long due) => Math.Max(0, (time.GetUtcNow().Micros() - due) / 1e6);
}
