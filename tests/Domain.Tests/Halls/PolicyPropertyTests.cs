using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Tests.Halls;

public class PolicyPropertyTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, 1_000_000).ToArbitrary();

    [Fact]
    public void NobodyWaitsLongerThanTheProofAllows() => Prop.ForAll(Seeds, seed =>
    {
        var hall = new RandomHall(seed, allServeAll: true);
        foreach (var visit in hall.Result) AssertWithinBound(hall, visit);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WithinAServiceAndSegmentTheLongestWaitingIsAlwaysFirst() => Prop.ForAll(Seeds, seed =>
    {
        var hall = new RandomHall(seed, allServeAll: false);
        Assert.All(hall.Result, v => Assert.NotNull(v.CalledAt));
        foreach (var lane in hall.Result.GroupBy(v => (v.Visit.Service, v.Visit.Segment)))
            Assert.Equal(lane.OrderBy(v => v.Visit.TakenAt), lane.OrderBy(v => v.CalledAt));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheQueuesAtWorkCallExactlyWhatTheSimulationCalls() => Prop.ForAll(Seeds, seed =>
    {
        var hall = new RandomHall(seed, allServeAll: false);
        var live = new LiveHall(hall.Policy, hall.Counters);
        var steps = hall.Result.Select((v, i) => (At: v.Visit.TakenAt, IsCall: false, Index: i))
            .Concat(hall.Result.Select((v, i) => (At: v.CalledAt!.Value, IsCall: true, Index: i)))
            .OrderBy(s => s.At).ThenBy(s => s.IsCall).ThenBy(s => hall.Result[s.Index].Counter, StringComparer.Ordinal);
        foreach (var (at, isCall, i) in steps)
            if (isCall)
                Assert.Equal("t" + i, live.Call(hall.Result[i].Counter!, at));
            else
                live.Take("t" + i, hall.Visits[i]);
    }).QuickCheckThrowOnFailure();

    // ARCHITECTURE.md, "The longest wait".
    private static void AssertWithinBound(RandomHall hall, SimulatedVisit visit)
    {
        var (policy, counters, taken, called) = (hall.Policy, hall.Counters.Length, visit.Visit.TakenAt, visit.CalledAt!.Value);
        var longest = new[] { TimeSpan.Zero, policy.AppointmentHeadStart, policy.GreenHeadStart }.Max();
        var until = taken + longest - policy.HeadStart(visit.Visit.Segment);
        var others = hall.Result.Where(v => v != visit && v.CalledAt >= taken).ToList();
        var ahead = others.Count(v => v.Visit.TakenAt <= until);
        var ratio = policy.Ratios.Length == 1 ? policy.Ratios[0].Calls : 1;
        var most = ahead + (policy.Ratios.IsEmpty ? 0 : (ahead / ratio) + counters);

        Assert.InRange(others.Count(v => v.CalledAt < called), 0, most);
        Assert.True(called - taken <= RandomHall.LongestService * (1 + ((double)most / counters)));
        if (policy.FirstAfter is { } first)
            Assert.True(called - taken <= first + (RandomHall.LongestService * (1 + ((double)others.Count(v => v.Visit.TakenAt <= taken) / counters))));
    }

    /// <summary>Queues and counters by the rules that the grains use.</summary>
    private sealed class LiveHall(CallPolicy policy, ImmutableArray<CounterPlan> counters)
    {
        private readonly Dictionary<string, QueueState> _queues = [];
        private readonly Dictionary<string, CounterState> _counters = counters.ToDictionary(
            c => c.Id, c => CounterState.Initial with { Status = CounterStatus.Open, Clerk = "clerk", Services = c.Services });

        private readonly HallDefinition _hall = new(
            "h",
            new("h", "h"),
            "1",
            "Asia/Shanghai",
            [.. new[] { "a", "b", "c" }.Select(s => new ServiceDefinition(s, new(s, s), s, TimeSpan.FromMinutes(5)))],
            [.. counters.Select(c => new CounterDefinition(c.Id, new(c.Id, c.Id), c.Services) { Supports = c.Supports })],
            policy);

        public void Take(string id, Visit visit)
        {
            var command = new TakeTicket(id, visit.Service, visit.Segment, "zh");
            foreach (var e in QueueRules.Issue(Queue(visit.Service), _hall, command, "public", visit.TakenAt).OrThrow())
                _queues[visit.Service] = Queue(visit.Service).Evolve(e);
        }

        public string? Call(string counterId, DateTimeOffset now)
        {
            var counter = _counters[counterId];
            var offers = CounterChoice.QueuesToAsk(_hall.Counter(counterId), counter)
                .Select(asked => (asked, heads: Queue(asked.Service).HeadsFor(counterId, asked.KeptOnly))).Where(o => !o.heads.IsEmpty)
                .Select(o => new QueueOffer(o.asked, o.heads, o.heads.MinBy(h => h.TakenAt))).ToImmutableArray();
            if (CounterChoice.Choose(policy, counterId, counter.Turns, offers, now) is not { } call) return null;
            var called = (TicketCalled)QueueRules.Call(Queue(call.Service!), call, "clerk", now).OrThrow().Single();
            var ticket = Queue(call.Service!).Waiting[called.TicketId];
            _queues[call.Service!] = Queue(call.Service!).Evolve(called);
            _counters[counterId] = counter.Evolve(new TicketAssigned(now, "clerk", ticket, called.Why));
            return called.TicketId;
        }

        private QueueState Queue(string service) => _queues.GetValueOrDefault(service) ?? QueueState.Empty(policy);
    }
}
