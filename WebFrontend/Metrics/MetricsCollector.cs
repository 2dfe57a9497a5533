using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OneStop.WebFrontend.Metrics;

/// <summary>
/// Listens to the meters of this process and writes what they measured as Prometheus reads it. Nothing here knows what is
/// measured: an instrument appears by being made.
/// </summary>
public sealed partial class MetricsCollector : IDisposable
{
    /// <summary>Most combinations of labels of one family; what comes under further ones is dropped and counted.</summary>
    public const int MostSeries = 1_000;

    private static readonly string[] OtherMeters =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime", "Microsoft.Orleans"];

    private readonly ConcurrentDictionary<string, Family> families = new(StringComparer.Ordinal);
    private readonly OrleansLatency orleans = new();
    private readonly Lock scraping = new();
    private readonly MeterListener listener = new();
    private readonly Func<Meter, bool> isWanted;
    private readonly ILogger logger;
    private long dropped;
    private int scrape;

    /// <summary>Listens to the meters of OneStop, of ASP.NET, of .NET and of Orleans.</summary>
    public MetricsCollector(ILogger<MetricsCollector> logger)
        : this(logger, meter => meter.Name.StartsWith("OneStop.", StringComparison.Ordinal) || OtherMeters.Contains(meter.Name))
    {
    }

    /// <summary>Listens to chosen meters.</summary>
    public MetricsCollector(ILogger logger, Func<Meter, bool> isWanted)
    {
        (this.logger, this.isWanted) = (logger, isWanted);
        listener.InstrumentPublished = Publish;
        listener.SetMeasurementEventCallback<byte>((i, m, tags, family) => Record(i, m, tags, family));
        listener.SetMeasurementEventCallback<short>((i, m, tags, family) => Record(i, m, tags, family));
        listener.SetMeasurementEventCallback<int>((i, m, tags, family) => Record(i, m, tags, family));
        listener.SetMeasurementEventCallback<long>((i, m, tags, family) => Record(i, m, tags, family));
        listener.SetMeasurementEventCallback<float>((i, m, tags, family) => Record(i, m, tags, family));
        listener.SetMeasurementEventCallback<double>(Record);
        listener.SetMeasurementEventCallback<decimal>((i, m, tags, family) => Record(i, (double)m, tags, family));
        listener.Start();
    }

    /// <summary>Everything measured up to now, in the text format 0.0.4.</summary>
    public string Exposition()
    {
        // Two scrapes at once would each see half of what is asked for.
        lock (scraping)
        {
            scrape++;
            try
            {
                listener.RecordObservableInstruments();
            }
            catch (AggregateException e)
            {
                // One instrument that cannot answer does not hide the others.
                LogSilent(logger, e);
            }

            var writer = new ExpositionWriter();
            foreach (var family in families.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
                writer.Write(family, family.IsAsked ? [.. family.Series.Where(s => s.IsOf(scrape))] : family.Series);
            orleans.Write(writer);
            writer.WriteCounter(
                "onestop_metrics_dropped_total", "Measurements dropped because a family had too many series.", Interlocked.Read(ref dropped));
            return writer.ToString();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private void Publish(Instrument instrument, MeterListener to)
    {
        if (!isWanted(instrument.Meter)) return;
        if (OrleansLatency.Covers(instrument))
        {
            to.EnableMeasurementEvents(instrument, orleans);
            return;
        }

        if (Family.Of(instrument, MostSeries) is not { } made) return;
        var family = families.GetOrAdd(made.Name, made);
        // The same instrument of a second host in this process adds to the first; anything else of that name would spoil it.
        if (family.Kind == made.Kind && family.IsAsked == made.IsAsked) to.EnableMeasurementEvents(instrument, family);
        else LogClash(logger, instrument.Name, instrument.Meter.Name);
    }

    private void Record(Instrument instrument, double measured, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? into)
    {
        if (into is OrleansLatency latency) latency.Record(instrument, measured, tags);
        else if (!((Family)into!).Record(measured, tags, scrape)) Interlocked.Increment(ref dropped);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Some instruments could not be asked.")]
    private static partial void LogSilent(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Instrument {Instrument} of {Meter} is not exported: another one has its name.")]
    private static partial void LogClash(ILogger logger, string instrument, string meter);
}
