using System.Diagnostics.Metrics;

namespace OneStop.Journal;

/// <summary>What the journal measures of itself, on the meter <c>OneStop.Journal</c>. No label names a stream.</summary>
internal sealed class JournalMetrics : IDisposable
{
    private readonly Meter _meter = new("OneStop.Journal");
    private readonly Counter<long> _appends;
    private readonly Counter<long> _failures;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitDuration;

    public JournalMetrics()
    {
        _appends = _meter.CreateCounter<long>("onestop.journal.appends", "{append}", "Appends answered, by outcome.");
        _failures = _meter.CreateCounter<long>("onestop.journal.failures", "{append}", "Appends and erasures that failed with the store.");
        _batchSize = _meter.CreateHistogram("onestop.journal.batch.size", "{append}", "Appends in one transaction.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });
        _commitDuration = _meter.CreateHistogram("onestop.journal.commit.duration", "s", "From taking a batch to its durable commit.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.0005, .001, .002, .004, .008, .016, .032, .064, .128, .256, 1, 5] });
    }

    public void Committed(string store, int appends, TimeSpan duration)
    {
        var label = new KeyValuePair<string, object?>("store", store);
        _batchSize.Record(appends, label);
        _commitDuration.Record(duration.TotalSeconds, label);
    }

    public void Answered(string store, AppendOutcome outcome) =>
        _appends.Add(1, new("store", store), new("outcome", Label(outcome)));

    public void Failed(string store) => _failures.Add(1, new KeyValuePair<string, object?>("store", store));

    public void Dispose() => _meter.Dispose();

    private static string Label(AppendOutcome outcome) => outcome switch
    {
        AppendOutcome.Committed => "committed",
        AppendOutcome.StaleHead => "stale_head",
        AppendOutcome.Repeated => "repeated",
        AppendOutcome.CommandConflict => "command_conflict",
        AppendOutcome.NotUnique => "not_unique",
        _ => "other",
    };
}
