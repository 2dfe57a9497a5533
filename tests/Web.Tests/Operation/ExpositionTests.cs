using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using OneStop.WebFrontend.Metrics;

namespace OneStop.Web.Tests.Operation;

/// <summary>The text that Prometheus reads, over real instruments.</summary>
public sealed class ExpositionTests : IDisposable
{
    private readonly Meter meter = new("OneStop.Test");
    private readonly MetricsCollector collector;

    public ExpositionTests() => collector = new MetricsCollector(NullLogger.Instance, made => made == meter);

    public void Dispose()
    {
        collector.Dispose();
        meter.Dispose();
    }

    [Fact]
    public void ACounterEndsInTotalAndAddsUpBySeries()
    {
        var calls = meter.CreateCounter<long>("hall.calls", "{call}", "Tickets called.");
        calls.Add(1, new("hall", "east"), new("segment", "green"));
        calls.Add(2, new("segment", "green"), new("hall", "east"));
        calls.Add(5, new KeyValuePair<string, object?>("hall", "west"));

        Assert.Equal(
            ["# HELP hall_calls_total Tickets called.", "# TYPE hall_calls_total counter", "hall_calls_total{hall=\"east\",segment=\"green\"} 3", "hall_calls_total{hall=\"west\"} 5"],
            Lines("hall_calls"));
    }

    [Fact]
    public void AHistogramIsCumulativeAndEndsWithEveryObservation()
    {
        var lag = meter.CreateHistogram("lag", "s", "Late.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.1, 1] });
        foreach (var observed in new[] { .1, .05, .5, 1, 30 }) lag.Record(observed, new KeyValuePair<string, object?>("feed", "hall"));

        Assert.Equal(
            [
                "# HELP lag_seconds Late.", "# TYPE lag_seconds histogram", "# UNIT lag_seconds seconds",
                "lag_seconds_bucket{feed=\"hall\",le=\"0.1\"} 2", "lag_seconds_bucket{feed=\"hall\",le=\"1\"} 4", "lag_seconds_bucket{feed=\"hall\",le=\"+Inf\"} 5",
                "lag_seconds_sum{feed=\"hall\"} 31.65", "lag_seconds_count{feed=\"hall\"} 5",
            ],
            Lines("lag_seconds"));
    }

    [Fact]
    public void WhatGoesUpAndDownIsAGaugeAndASetOneKeepsItsLastValue()
    {
        var followed = meter.CreateUpDownCounter<int>("feeds");
        followed.Add(3);
        followed.Add(-1);
        var heat = meter.CreateGauge<double>("heat");
        heat.Record(7);
        heat.Record(4.5);

        Assert.Equal("feeds 2", Lines("feeds")[^1]);
        Assert.Equal("# TYPE heat gauge", Lines("heat")[^2]);
        Assert.Equal("heat 4.5", Lines("heat")[^1]);
    }

    [Fact]
    public void ASeriesThatIsNoLongerToldIsGone()
    {
        List<Measurement<int>> told = [new(4, new KeyValuePair<string, object?>("hall", "east")), new(2, new KeyValuePair<string, object?>("hall", "west"))];
        meter.CreateObservableGauge("waiting", () => told);
        Assert.Equal(["waiting{hall=\"east\"} 4", "waiting{hall=\"west\"} 2"], Lines("waiting")[^2..]);

        told.RemoveAt(0);

        Assert.Equal("# TYPE waiting gauge", Lines("waiting")[^2]);
        Assert.Equal("waiting{hall=\"west\"} 2", Lines("waiting")[^1]);
    }

    [Theory]
    [InlineData("http.server.request.duration", "ms", MetricKind.Histogram, "http_server_request_duration_seconds", 0.001)]
    [InlineData("orleans-catalog-activations", null, MetricKind.Gauge, "orleans_catalog_activations", 1)]
    [InlineData("dotnet.process.cpu.count", "{cpu}", MetricKind.Gauge, "dotnet_process_cpu_current", 1)]
    [InlineData("memory", "MB", MetricKind.Gauge, "memory_bytes", 1048576)]
    [InlineData("gc.pause.time", "s", MetricKind.Counter, "gc_pause_time_seconds_total", 1)]
    [InlineData("already_seconds_total", "s", MetricKind.Counter, "already_seconds_total", 1)]
    [InlineData("BatchSize", "", MetricKind.Gauge, "batch_size", 1)]
    [InlineData("3rd/party..name", "", MetricKind.Gauge, "n_3rd_party_name", 1)]
    [InlineData("取号", "", MetricKind.Gauge, "n_", 1)]
    [InlineData("used", "%", MetricKind.Gauge, "used_ratio", 0.01)]
    public void ANameIsBroughtIntoTheFormThatPrometheusAsksFor(string instrument, string? unit, MetricKind kind, string name, double scale)
    {
        var made = MetricName.Of(instrument, unit, kind);
        Assert.Equal((name, scale), (made.Name, made.Scale));
    }

    [Fact]
    public void LabelsAreEscapedAndHelpStaysOnItsLine()
    {
        meter.CreateCounter<long>("odd", null, "One\nline \\ only.").Add(1, new KeyValuePair<string, object?>("Http.Route", "a\"b\\c\nd"));
        Assert.Equal("# HELP odd_total One line \\\\ only.", Lines("odd")[0]);
        Assert.Equal("odd_total{http_route=\"a\\\"b\\\\c\\nd\"} 1", Lines("odd")[^1]);
    }

    [Fact]
    public void LabelsWithoutABoundCannotFillTheMemory()
    {
        var counter = meter.CreateCounter<long>("wild");
        for (var i = 0; i < 3 * MetricsCollector.MostSeries; i++) counter.Add(1, new KeyValuePair<string, object?>("ticket", i));

        Assert.Equal(MetricsCollector.MostSeries, Lines("wild").Count(line => line.StartsWith("wild_total{", StringComparison.Ordinal)));
        Assert.Equal($"onestop_metrics_dropped_total {2 * MetricsCollector.MostSeries}", Lines("onestop_metrics_dropped")[^1]);
    }

    [Fact]
    public void OneInstrumentThatFailsDoesNotHideTheOthers()
    {
        meter.CreateObservableGauge<int>("broken", int () => throw new InvalidOperationException());
        meter.CreateObservableGauge("whole", () => 1);
        Assert.Equal("whole 1", Lines("whole")[^1]);
    }

    [Fact]
    public async Task WhatManyThreadsMeasureIsAllThere()
    {
        var counter = meter.CreateCounter<long>("busy");
        var histogram = meter.CreateHistogram<double>("busy.time", "s");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("kind", i % 50));
                histogram.Record(.01, new KeyValuePair<string, object?>("kind", thread));
            }
        })));

        Assert.Equal(80_000, Lines("busy_total").Where(line => line[0] != '#').Sum(Value));
        Assert.Equal(80_000, Lines("busy_time_seconds_count").Sum(Value));
    }

    [Fact]
    public void TheBucketsOfOrleansBecomeARealHistogram()
    {
        using var orleans = new Meter("Microsoft.Orleans");
        using var listening = new MetricsCollector(NullLogger.Instance, made => made == orleans);
        long[] counts = [5, 3, 1];
        string[] bounds = ["1ms", "50ms", "9223372036854775807ms"];
        orleans.CreateObservableCounter("orleans-app-requests-latency-bucket", () => counts.Select((n, i) => new Measurement<long>(n, new KeyValuePair<string, object?>("duration", bounds[i]))));
        orleans.CreateObservableCounter("orleans-app-requests-latency-count", () => 9L);
        orleans.CreateObservableCounter("orleans-app-requests-latency-sum", () => 2_500L);

        Assert.Equal(
            [
                "orleans_app_requests_latency_seconds_bucket{le=\"0.001\"} 5", "orleans_app_requests_latency_seconds_bucket{le=\"0.05\"} 8",
                "orleans_app_requests_latency_seconds_bucket{le=\"+Inf\"} 9", "orleans_app_requests_latency_seconds_sum 2.5", "orleans_app_requests_latency_seconds_count 9",
            ],
            listening.Exposition().Split('\n').Where(line => line.StartsWith("orleans_app", StringComparison.Ordinal)));
    }

    private static long Value(string line) => long.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    private string[] Lines(string name) => [.. collector.Exposition().Split('\n')
        .Where(line => line.Split(' ') is var words && (line.StartsWith(name, StringComparison.Ordinal) || (words.Length > 2 && words[0] == "#" && words[2].StartsWith(name, StringComparison.Ordinal))))];
}
