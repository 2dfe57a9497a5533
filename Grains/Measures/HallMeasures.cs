using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Grains.Interfaces.Halls;

namespace OneStop.Grains.Measures;

/// <summary>Meter <c>OneStop.Halls</c>. How a hall stands is told by the process where its grain lives; what happens, where it happens.</summary>
internal sealed class HallMeasures : IDisposable
{
    private static readonly double[] Waits = [10, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 2_700, 3_600, 7_200];

    private static readonly double[] Simulations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

    private readonly Meter meter = new("OneStop.Halls");
    private readonly TimeProvider time;
    private readonly Held<HallContribution> halls;
    private readonly Counter<long> issued;
    private readonly Counter<long> ended;
    private readonly Counter<long> calls;
    private readonly Histogram<double> wait;
    private readonly Histogram<double> service;
    private readonly Counter<long> estimates;
    private readonly Histogram<double> simulation;

    public HallMeasures(TimeProvider time)
    {
        this.time = time;
        halls = new Held<HallContribution>(time);
        meter.CreateObservableGauge("onestop.hall.waiting", () => Each(h => h.Waiting), "{ticket}", "Tickets waiting in a hall.");
        meter.CreateObservableGauge("onestop.hall.longest_wait", () => Each(LongestWait), "s", "How long the longest waiting ticket of a hall waits.");
        meter.CreateObservableGauge("onestop.hall.counters_open", () => Each(h => h.OpenCounters), "{counter}", "Counters open.");
        meter.CreateObservableGauge("onestop.hall.counters_serving", () => Each(h => h.Serving), "{counter}", "Counters with a ticket.");
        issued = meter.CreateCounter<long>("onestop.hall.tickets_issued", "{ticket}", "Tickets handed out.");
        ended = meter.CreateCounter<long>("onestop.hall.tickets_ended", "{ticket}", "Tickets that ended, by how.");
        calls = meter.CreateCounter<long>("onestop.hall.calls", "{call}", "Tickets called, by segment.");
        wait = Duration("onestop.hall.wait", "From taking a ticket to its call.");
        service = Duration("onestop.hall.service", "From the start of a service to its end.");
        estimates = meter.CreateCounter<long>("onestop.hall.estimates", "{ticket}", "Waits estimated at issue that came to their call, by bound and whether they were under it.");
        simulation = meter.CreateHistogram(
            "onestop.hall.simulation", "s", "Computing one estimate of a hall's waits.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Simulations });
    }

    public void Say(object activation, HallContribution hall) => halls.Say(hall.Hall, activation, hall);

    public void Forget(object activation, string hall) => halls.Forget(hall, activation);

    public void Recorded(string hall, QueueState before, ImmutableArray<QueueEvent> events)
    {
        foreach (var e in events)
        {
            switch (e)
            {
                case TicketIssued ticket:
                    issued.Add(1, new("hall", hall), new("segment", CamelCase.Of(ticket.Ticket.Segment)));
                    break;
                case TicketCalled called when before.Waiting.TryGetValue(called.TicketId, out var ticket):
                    KeyValuePair<string, object?> place = new("hall", hall), segment = new("segment", CamelCase.Of(ticket.Segment));
                    calls.Add(1, place, segment);
                    wait.Record((called.At - ticket.TakenAt).TotalSeconds, place, segment);
                    break;
                case QueueClosed closed:
                    foreach (var _ in closed.Lapsed) End(hall, TicketState.Cancelled);
                    break;
                case TicketCancelled:
                    End(hall, TicketState.Cancelled);
                    break;
            }
        }
    }

    /// <summary>A ticket moved at a counter.</summary>
    public void Moved(Ticket ticket)
    {
        if (ticket.State is not (TicketState.Finished or TicketState.NoShow)) return;
        End(ticket.Hall, ticket.State);
        if (ticket is { StartedAt: { } started, EndedAt: { } ended }) service.Record((ended - started).TotalSeconds, new KeyValuePair<string, object?>("hall", ticket.Hall));
    }

    /// <summary>A ticket with an estimate was called; an estimate of 0 is no bound to be under.</summary>
    public void Estimated(Ticket ticket)
    {
        if (ticket is not { Estimated: { } estimate } || (ticket.FirstCalledAt ?? ticket.CalledAt) is not { } called) return;
        var wait = (called - ticket.TakenAt).TotalSeconds;
        if (estimate.P50 > 0) Compare(ticket.Hall, "p50", wait <= estimate.P50);
        if (estimate.P90 > 0) Compare(ticket.Hall, "p90", wait <= estimate.P90);
    }

    public void Simulated(string hall, TimeSpan took) => simulation.Record(took.TotalSeconds, new KeyValuePair<string, object?>("hall", hall));

    public void Dispose() => meter.Dispose();

    private void Compare(string hall, string bound, bool under) =>
        estimates.Add(1, new("hall", hall), new("bound", bound), new("wait", under ? "under" : "over"));

    private Histogram<double> Duration(string name, string what) =>
        meter.CreateHistogram(name, "s", what, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Waits });

    private void End(string hall, TicketState state) => ended.Add(1, new("hall", hall), new("state", CamelCase.Of(state)));

    private double LongestWait(HallContribution hall) => hall.Since is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0;

    private IEnumerable<Measurement<double>> Each(Func<HallContribution, double> figure) =>
        halls.Values.Select(held => new Measurement<double>(figure(held.Value), new KeyValuePair<string, object?>("hall", held.Key)));
}
