using System.Collections.Immutable;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>The futures of a hall from one moment on; each simulation is another one.</summary>
internal sealed class HallFuture
{
    private readonly HallDefinition _hall;
    private readonly long _now;
    private readonly SeededRandom _random;
    private readonly FutureDraws _draws;
    private readonly Dictionary<string, int> _serviceIndex;
    private readonly CounterOutlook[] _outlooks;
    private readonly RunCounter[] _counters;
    private readonly HallRun _run;
    private readonly (RecentArrivals Rate, int Service, long Until)[] _arrivals;
    private readonly List<RunTicket> _later = [];
    private RunTicket[] _tickets;

    public HallFuture(HallDefinition hall, HallSnapshot snapshot, HallFit fit, ulong seed)
    {
        (_hall, _now, _random) = (hall, snapshot.Now.UtcTicks, new SeededRandom(seed));
        _draws = new FutureDraws([.. hall.Services.Select(s => fit.Of(s.Id))], fit, _random);
        _serviceIndex = hall.Services.Select((s, i) => (s.Id, i)).ToDictionary(x => x.Id, x => x.i);
        // The definition may have changed since tickets were taken and counters opened; what it does not know is left out.
        Waiting = [.. snapshot.Waiting.Where(t => _serviceIndex.ContainsKey(t.Service)).OrderBy(t => t.TakenAt)];
        Probes = [.. Enumerable.Range(0, hall.Services.Length).SelectMany(s => Enum.GetValues<Segment>().Select(segment => (s, segment)))];
        var states = hall.Counters.Select(c => StateOf(c, snapshot)).ToArray();
        _outlooks = [.. hall.Counters.Select((c, i) => new CounterOutlook(hall, c, states[i], Waiting, snapshot.Now))];
        OpenOneForEachService(states, snapshot.Now);
        _counters = [.. hall.Counters.Select((c, i) => new RunCounter(
            [.. (states[i].Services.IsEmpty ? c.Services : states[i].Services).Where(_serviceIndex.ContainsKey).Select(s => _serviceIndex[s])],
            [.. c.Supports.Select(s => (_serviceIndex[s.Service], s))],
            hall.Services.Length))];
        _run = new HallRun(hall.Policy, hall.Services.Length, _counters);
        _arrivals = Arrivals(snapshot, fit);
        _tickets = new RunTicket[Tracked + 64];
        for (var i = 0; i < Waiting.Length; i++) _tickets[i] = Ticket(Waiting[i]);
        for (var i = 0; i < Probes.Length; i++)
            _tickets[Waiting.Length + i] = new RunTicket { Taken = _now, Service = Probes[i].Service, Segment = Probes[i].Segment, Only = -1, Tracked = true, IsProbe = true };
    }

    /// <summary>Those who wait, the longest waiting first.</summary>
    public ImmutableArray<WaitingTicket> Waiting { get; }

    /// <summary>A ticket taken now, of each service and segment.</summary>
    public ImmutableArray<(int Service, Segment Segment)> Probes { get; }

    /// <summary>How many waits a future has.</summary>
    public int Tracked => Waiting.Length + Probes.Length;

    /// <summary>Simulates one more future.</summary>
    /// <param name="waits">Seconds from now; those of one ticket stand together.</param>
    /// <param name="future">Which of its places to fill.</param>
    /// <param name="futures">How many places a ticket has.</param>
    public void Simulate(Span<double> waits, int future, int futures)
    {
        _draws.Begin();
        for (var c = 0; c < _counters.Length; c++)
            _outlooks[c].Prepare(_counters[c], _random, _draws, service => _serviceIndex.GetValueOrDefault(service));
        for (var i = 0; i < Waiting.Length; i++) _tickets[i].Occupies = _draws.Occupies(_tickets[i].Service);
        var count = AddArrivals();
        _run.Run(_tickets, count, _now, _now + WaitEstimator.Horizon.Ticks, Tracked);
        for (var i = 0; i < Tracked; i++)
            waits[(i * futures) + future] = (double)Math.Min(_tickets[i].Called - _now, WaitEstimator.Horizon.Ticks) / TimeSpan.TicksPerSecond;
    }

    private static CounterSnapshot StateOf(CounterDefinition counter, HallSnapshot snapshot) =>
        snapshot.Counters.FirstOrDefault(c => c.Id == counter.Id) ?? new(counter.Id, CounterStatus.Closed, [], default, null, null);

    private int AddArrivals()
    {
        _later.Clear();
        foreach (var (rate, service, until) in _arrivals)
            for (var at = _now + Gap(rate.PerHour); at < until; at += Gap(rate.PerHour))
                _later.Add(new RunTicket { Taken = at, Service = service, Segment = rate.Segment, Only = -1, Occupies = _draws.Occupies(service) });
        _later.Sort((one, other) => one.Taken.CompareTo(other.Taken));
        if (_tickets.Length < Tracked + _later.Count) Array.Resize(ref _tickets, Tracked + (2 * _later.Count));
        _later.CopyTo(_tickets, Tracked);
        return Tracked + _later.Count;
    }

    private long Gap(double perHour) => 1 + (long)(_random.NextExponential() / perHour * TimeSpan.TicksPerHour);

    // Only those matter who may be called before somebody who waits now. By head starts alone these come within the
    // head start; where ratios or helping counters decide too, anybody may, until those waiting now are through.
    private (RecentArrivals, int, long)[] Arrivals(HallSnapshot snapshot, HallFit fit)
    {
        var anybody = !_hall.Policy.Ratios.IsEmpty || _hall.Counters.Any(c => !c.Supports.IsEmpty);
        var work = Waiting.Sum(t => (fit.Of(t.Service).Occupied.Mean + fit.Changeover.Mean).Ticks);
        var through = (2 * work / Math.Max(1, snapshot.Counters.Count(c => c.Status == CounterStatus.Open))) + TimeSpan.FromMinutes(30).Ticks;
        return [.. snapshot.Arrivals
            .Where(a => a.PerHour > 0 && _serviceIndex.ContainsKey(a.Service))
            .Select(a => (a, _serviceIndex[a.Service], _now + (anybody
                ? Math.Min(through, WaitEstimator.Horizon.Ticks)
                : Math.Min(_hall.Policy.HeadStart(a.Segment).Ticks, WaitEstimator.Horizon.Ticks))))];
    }

    // Nobody can say when a service without a counter is served; it counts as one whose first counter is about to open.
    private void OpenOneForEachService(CounterSnapshot[] states, DateTimeOffset now)
    {
        foreach (var service in _hall.Services)
        {
            var able = Enumerable.Range(0, states.Length).Where(i => _hall.Counters[i].Services.Contains(service.Id)).ToList();
            if (able.Count == 0 || able.Any(i => _outlooks[i].WillServe && (states[i].Services.IsEmpty || states[i].Services.Contains(service.Id))))
                continue;
            var opened = states[able[0]] = states[able[0]] with { Status = CounterStatus.Open, Services = _hall.Counters[able[0]].Services };
            _outlooks[able[0]] = new CounterOutlook(_hall, _hall.Counters[able[0]], opened, Waiting, now);
        }
    }

    private RunTicket Ticket(WaitingTicket ticket) => new()
    {
        Taken = Math.Min(ticket.TakenAt.UtcTicks, _now),
        Service = _serviceIndex[ticket.Service],
        Segment = ticket.Segment,
        Only = ticket.OnlyCounter is { } only ? _hall.Counters.Select(c => c.Id).ToList().IndexOf(only) : -1,
        Tracked = true,
    };
}
