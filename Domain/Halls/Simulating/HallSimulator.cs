using System.Collections.Immutable;

namespace OneStop.Domain.Halls.Simulating;

/// <summary>Simulates a hall by the very choice its queues make (<see cref="CallPolicy.Choose"/>).</summary>
public static class HallSimulator
{
    /// <summary>What becomes of the visitors.</summary>
    /// <param name="policy">Who is called next.</param>
    /// <param name="counters">The counters.</param>
    /// <param name="visits">The visitors, in any order.</param>
    public static SimulatedDay Run(CallPolicy policy, ImmutableArray<CounterPlan> counters, ImmutableArray<Visit> visits)
    {
        var services = visits.Select(v => v.Service)
            .Concat(counters.SelectMany(c => c.Services.Concat(c.Supports.Select(s => s.Service)))).Distinct().Order(StringComparer.Ordinal).ToArray();
        var serviceIndex = services.Select((service, i) => (service, i)).ToDictionary(x => x.service, x => x.i);
        var counterIndex = counters.Select((counter, i) => (counter.Id, i)).ToDictionary(x => x.Id, x => x.i);
        var order = visits.Select((visit, i) => (visit, i)).OrderBy(x => x.visit.TakenAt).ThenBy(x => x.i).Select(x => x.i).ToArray();
        var tickets = new RunTicket[visits.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var visit = visits[order[i]];
            tickets[i] = new RunTicket
            {
                Taken = visit.TakenAt.UtcTicks,
                Occupies = visit.Occupies.Ticks,
                Service = serviceIndex[visit.Service],
                // A ticket kept for a counter that is not there may go to any that serves it.
                Only = visit.OnlyCounter is { } only ? counterIndex.GetValueOrDefault(only, -1) : -1,
                Segment = visit.Segment,
                Tracked = true,
            };
        }

        var run = new HallRun(policy, services.Length, [.. counters.Select(c => Counter(c, serviceIndex))]);
        run.Run(tickets, tickets.Length, long.MinValue, long.MaxValue);
        var result = new SimulatedVisit[visits.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var (visit, ticket) = (visits[order[i]], tickets[i]);
            result[order[i]] = ticket.Called == long.MaxValue
                ? new SimulatedVisit(visit, null, null, null)
                : new SimulatedVisit(visit, Instant(ticket.Called, visit), counters[ticket.Counter].Id, ticket.Rule);
        }

        return new SimulatedDay(counters, [.. result]);
    }

    private static DateTimeOffset Instant(long ticks, Visit visit) => new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(visit.TakenAt.Offset);

    private static RunCounter Counter(CounterPlan plan, Dictionary<string, int> services) => new(
        [.. plan.Services.Select(s => services[s])], [.. plan.Supports.Select(s => (services[s.Service], s))], services.Count)
    {
        Open = [.. plan.Open.Select(o => (o.From.UtcTicks, o.To.UtcTicks))],
    };
}

/// <summary>A simulated day.</summary>
/// <param name="Counters">The counters.</param>
/// <param name="Visits">The visitors, in the order they were given.</param>
public sealed record SimulatedDay(ImmutableArray<CounterPlan> Counters, ImmutableArray<SimulatedVisit> Visits)
{
    /// <summary>The waits in the order of coming; of visitors never called there is none.</summary>
    public ImmutableArray<TimeSpan> Waits => WaitsOf(_ => true);

    /// <summary>The waits of some of the visitors, in the order of coming.</summary>
    public ImmutableArray<TimeSpan> WaitsOf(Func<Visit, bool> which) =>
        [.. Visits.Where(v => which(v.Visit)).OrderBy(v => v.Visit.TakenAt).Select(v => v.Wait).OfType<TimeSpan>()];

    /// <summary>Share of the open time of all counters in which they are occupied.</summary>
    public double Utilisation
    {
        get
        {
            var open = Counters.Sum(c => c.Open.Sum(o => (o.To - o.From).TotalSeconds));
            return open <= 0 ? 0 : Visits.Where(v => v.CalledAt is not null).Sum(v => v.Visit.Occupies.TotalSeconds) / open;
        }
    }

    /// <summary>Mean number waiting from the first ticket to the last call (Little's law).</summary>
    public double MeanQueueLength
    {
        get
        {
            var called = Visits.Where(v => v.CalledAt is not null).ToList();
            if (called.Count == 0) return 0;
            var span = (called.Max(v => v.CalledAt!.Value) - called.Min(v => v.Visit.TakenAt)).TotalSeconds;
            return span <= 0 ? 0 : called.Sum(v => v.Wait!.Value.TotalSeconds) / span;
        }
    }
}
