using System.Collections.Immutable;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Estimating;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Tests.Halls;

/// <summary>
/// One day of a hall that exists only here, and what could be known of it at any of its moments. Services are lognormal,
/// arrivals change over the day and from day to day, some visitors do not come, counters open late and close as planned.
/// </summary>
internal sealed class HallDay
{
    // A visitor who comes is there after so long.
    private static readonly TimeSpan Walk = TimeSpan.FromSeconds(20);

    private readonly DateTimeOffset[] _ended;

    public HallDay(HallDefinition hall, int number)
    {
        Hall = hall;
        Start = Times.At("2026-03-02 00:00").AddDays(number);
        var random = new SeededRandom((ulong)(77_000 + number));
        var services = new List<TimeSpan>();
        Visits = Visitors(random, services);
        Counters = [.. hall.Counters.Select(c => new CounterPlan(c.Id, c.Services, c.Supports, Opened(c, random)))];
        Result = HallSimulator.Run(hall.Policy, Counters, Visits);
        _ended = [.. Result.Visits.Select((v, i) => (v.CalledAt ?? DateTimeOffset.MaxValue.AddDays(-1)) + services[i])];
    }

    /// <summary>Six services of Shilong on eight counters; the plan is in the definition.</summary>
    public static HallDefinition Shilong { get; } = new(
        "shilong",
        new("石龙", "Shilong"),
        "441900102",
        "Asia/Shanghai",
        [Service("civil", "A", 8), Service("social", "B", 6), Service("market", "C", 10), Service("tax", "D", 5), Service("enquiry", "E", 3)],
        [
            Counter(1, ["civil"], (9, 17)), Counter(2, ["civil", "social"], (9, 17)), Counter(3, ["social", "enquiry"], (9, 17)),
            Counter(4, ["market"], (9, 12), (13.5, 17)), Counter(5, ["market", "tax"], (9, 17)), Counter(6, ["tax", "enquiry"], (9, 12), (13, 17)),
            Counter(7, ["civil", "social", "market", "tax", "enquiry"], (9.5, 11.5), (14, 16)),
            Counter(8, ["civil", "social", "market", "tax", "enquiry"], (10, 17)),
        ],
        CallPolicy.Default);

    public HallDefinition Hall { get; }

    public DateTimeOffset Start { get; }

    public ImmutableArray<CounterPlan> Counters { get; }

    public ImmutableArray<Visit> Visits { get; }

    public SimulatedDay Result { get; }

    /// <summary>The tickets of the whole day as the record has them in the evening.</summary>
    public IEnumerable<Ticket> Tickets => Result.Visits.Select((v, i) =>
        new Ticket("t" + i, "N" + i, Hall.Id, v.Visit.Service, Hall.DayAt(Start), v.Visit.Segment, "zh", v.Visit.TakenAt)
        {
            State = v.Visit.NoShow ? TicketState.NoShow : TicketState.Finished,
            CalledAt = v.CalledAt,
            StartedAt = v.Visit.NoShow ? null : v.CalledAt + Walk,
            EndedAt = _ended[i],
        });

    /// <summary>From the end of a ticket to the next call of the counter, where somebody waited.</summary>
    public IEnumerable<TimeSpan> Changeovers => Result.Visits
        .Select((v, i) => (v, ended: _ended[i])).Where(x => x.v.Counter is not null).GroupBy(x => x.v.Counter)
        .SelectMany(g => g.OrderBy(x => x.v.CalledAt).ToList() is var list ? list.Zip(list.Skip(1)) : [])
        .Where(pair => pair.Second.v.Visit.TakenAt < pair.First.ended)
        .Select(pair => pair.Second.v.CalledAt!.Value - pair.First.ended);

    /// <summary>How much later than planned the counters opened.</summary>
    public IEnumerable<TimeSpan> Lateness =>
        Hall.Counters.Zip(Counters).SelectMany(c => c.First.Hours.Zip(c.Second.Open)).Select(o => o.Second.From - (Start + o.First.From.ToTimeSpan()));

    /// <summary>What could be known when a visitor has just taken a ticket: nothing of what comes after.</summary>
    public HallSnapshot SnapshotAt(DateTimeOffset now)
    {
        var waiting = ImmutableArray.CreateBuilder<WaitingTicket>();
        for (var i = 0; i < Visits.Length && Visits[i].TakenAt <= now; i++)
            if (!(Result.Visits[i].CalledAt < now))
                waiting.Add(new WaitingTicket("t" + i, Visits[i].Service, Visits[i].Segment, Visits[i].TakenAt));
        var taken = Visits.TakeWhile(v => v.TakenAt <= now).Select(v => (v.Service, v.Segment, v.TakenAt));
        var window = TimeSpan.FromTicks(Math.Min(TimeSpan.FromMinutes(60).Ticks, (now - Start.AddHours(9)).Ticks + TimeSpan.TicksPerMinute));
        return new HallSnapshot(now, waiting.ToImmutable(), [.. Counters.Select(c => At(c, now))], RecentArrivals.Of(taken, now, window));
    }

    private CounterSnapshot At(CounterPlan counter, DateTimeOffset now)
    {
        var isOpen = counter.Open.Any(o => o.From <= now && now < o.To);
        var calls = Enumerable.Range(0, Visits.Length)
            .Where(i => Result.Visits[i].Counter == counter.Id && Result.Visits[i].CalledAt < now).OrderBy(i => Result.Visits[i].CalledAt).ToList();
        var turns = calls.Aggregate(default(CallTurns), (t, i) => t.After(Visits[i].Segment, Result.Visits[i].Rule == CallRule.Ratio));
        var status = isOpen ? CounterStatus.Open : CounterStatus.Closed;
        if (calls.Count == 0) return new CounterSnapshot(counter.Id, status, [], turns, null, null);
        var last = calls[^1];
        var called = Result.Visits[last].CalledAt!.Value;
        return _ended[last] > now
            ? new CounterSnapshot(
                counter.Id, status, [], turns, new BusyWith(Visits[last].Service, called, !Visits[last].NoShow && now - called > Walk), null)
            : new CounterSnapshot(counter.Id, status, [], turns, null, _ended[last]);
    }

    private ImmutableArray<Visit> Visitors(SeededRandom random, List<TimeSpan> services)
    {
        // The truth differs from what the definition expects.
        (string Service, double Share, double Median, double Sigma)[] kinds =
            [("civil", .24, 6.5, .6), ("social", .22, 5, .7), ("market", .2, 7, .8), ("tax", .2, 4.5, .5), ("enquiry", .14, 1.8, .9)];
        double[] perHour = [58, 78, 66, 38, 42, 70, 62, 50];
        var busy = Math.Exp(0.12 * random.NextNormal());
        var streams = kinds.SelectMany(kind => new[] { (Segment.Ordinary, .85), (Segment.Appointment, .07), (Segment.Green, .08) }.Select(s => new ArrivalStream(
            kind.Service,
            s.Item1,
            [.. perHour.Select((rate, i) => new ArrivalRate(TimeSpan.FromHours(9 + i), rate * busy * kind.Share * s.Item2))],
            new LognormalDurations(TimeSpan.FromMinutes(kind.Median), kind.Sigma),
            0.06,
            new LognormalDurations(TimeSpan.FromSeconds(70), .3))));
        var changeovers = new LognormalDurations(TimeSpan.FromSeconds(14), .5);
        var visits = Arrivals.Generate([.. streams], Start, TimeSpan.FromHours(16.5), (ulong)(1_000 * random.NextUniform() * 1_000_000));
        services.AddRange(visits.Select(v => v.Occupies));
        return [.. visits.Select(v => v with { Occupies = v.Occupies + changeovers.Sample(random) })];
    }

    private ImmutableArray<OpenInterval> Opened(CounterDefinition counter, SeededRandom random) => [.. counter.Hours.Select(h => new OpenInterval(
        Start + h.From.ToTimeSpan() + TimeSpan.FromMinutes(5 * random.NextUniform()),
        h.To == new TimeOnly(17, 0) ? Start.AddHours(23) : Start + h.To.ToTimeSpan() + TimeSpan.FromMinutes(3 * random.NextUniform())))];

    private static ServiceDefinition Service(string id, string prefix, double minutes) => new(id, new(id, id), prefix, TimeSpan.FromMinutes(minutes));

    private static CounterDefinition Counter(int number, ImmutableArray<string> services, params (double From, double To)[] hours) =>
        new("c" + number, new("窗口", "Counter " + number), services)
        {
            Hours = [.. hours.Select(h => new OpeningHours(TimeOnly.FromTimeSpan(TimeSpan.FromHours(h.From)), TimeOnly.FromTimeSpan(TimeSpan.FromHours(h.To))))],
        };
}
