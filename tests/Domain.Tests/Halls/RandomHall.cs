using System.Collections.Immutable;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Tests.Halls;

/// <summary>A hall, its policy and its visitors, all from one seed.</summary>
internal sealed class RandomHall
{
    public static readonly TimeSpan LongestService = TimeSpan.FromMinutes(12);

    public static readonly DateTimeOffset Start = Times.At("2026-03-02 09:00");

    public RandomHall(int seed, bool allServeAll)
    {
        var random = new SeededRandom((ulong)seed);
        string[] services = ["a", "b", "c"];
        Policy = new CallPolicy(Minutes(random.NextInt(30)), Minutes(random.NextInt(30)))
        {
            FirstAfter = random.NextInt(2) == 0 ? null : Minutes(10 + random.NextInt(50)),
            Ratios = [.. Ratios(random).Take(random.NextInt(3))],
        };
        Counters = [.. Enumerable.Range(0, 1 + random.NextInt(4)).Select(i => Counter(i, services, random, allServeAll))];
        var perHour = Counters.Length * (6 + (6 * random.NextUniform()));
        Visits = Arrivals.Generate(
            [.. services.SelectMany(s => Enum.GetValues<Segment>().Select(segment => new ArrivalStream(
                s, segment, [new ArrivalRate(TimeSpan.Zero, perHour / 9 * 2 * random.NextUniform())], new UniformDurations(LongestService))))],
            Start,
            TimeSpan.FromHours(4),
            (ulong)seed);
        Result = HallSimulator.Run(Policy, Counters, Visits).Visits;
    }

    public CallPolicy Policy { get; }

    public ImmutableArray<CounterPlan> Counters { get; }

    public ImmutableArray<Visit> Visits { get; }

    public ImmutableArray<SimulatedVisit> Result { get; }

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private static IEnumerable<SegmentRatio> Ratios(SeededRandom random)
    {
        var (of, calls) = (random.NextInt(3), 1 + random.NextInt(4));
        yield return new SegmentRatio((Segment)of, calls, (Segment)((of + 1) % 3));
        yield return new SegmentRatio((Segment)((of + 1) % 3), 1 + random.NextInt(4), (Segment)of);
    }

    private static CounterPlan Counter(int number, string[] services, SeededRandom random, bool allServeAll)
    {
        ImmutableArray<OpenInterval> open = [new(Start, Start.AddDays(2))];
        if (allServeAll) return new CounterPlan("c" + number, [.. services], [], open);
        // Whatever is drawn, the first counter serves all, so that nobody waits in vain.
        var own = number == 0 ? services : [services[random.NextInt(3)]];
        return new CounterPlan(
            "c" + number, [.. own], [.. services.Except(own).Select(s => new SupportedService(s, Minutes(random.NextInt(20)), random.NextInt(2) == 0))], open);
    }

    private sealed record UniformDurations(TimeSpan Most) : Durations
    {
        public override TimeSpan Sample(SeededRandom random) => Most * random.NextUniform();
    }
}
