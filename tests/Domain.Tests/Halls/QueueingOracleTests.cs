using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Tests.Halls;

/// <summary>
/// RULES 5: the simulator reproduces what queueing theory knows, within its own 95% interval (batch means, 30 batches).
/// </summary>
public class QueueingOracleTests
{
    private static readonly DateTimeOffset Start = Times.At("2026-03-02 00:00");

    public static TheoryData<int, double, double, double, double, double?, double?, double?> Halls { get; } = new()
    {
        // Servers, arrivals an hour, mean service (s), limit (s), visitors; P(wait), mean wait (s), P(wait <= limit).
        { 14, 200, 180, 20, 300_000, 0.1741319, 7.835937, 0.8883500 },
        { 11, 200, 180, 20, 400_000, 0.6821182, null, null },
        { 15, 200, 180, 20, 300_000, 0.1020424, null, null },
        { 10, 48, 600, 600, 300_000, 0.409180, 2.0459 * 60, 0.944623 },
        { 9, 48, 600, 600, 400_000, 0.653327, 6.5333 * 60, null },
    };

    [Theory]
    [MemberData(nameof(Halls))]
    public void TheSimulatorAgreesWithErlangWithinItsInterval(
        int servers, double perHour, double meanSeconds, double limitSeconds, double visitors, double? waits, double? meanWait, double? within)
    {
        var summary = Simulate(servers, perHour, TimeSpan.FromSeconds(meanSeconds), TimeSpan.FromSeconds(limitSeconds), (int)visitors);

        TestContext.Current.TestOutputHelper?.WriteLine($"{servers} servers: P(wait) {Text(summary.Waited)}, mean {Text(summary.Mean)} s, within {Text(summary.Within)}");
        if (waits is { } p) AssertHolds(summary.Waited, p);
        if (meanWait is { } mean) AssertHolds(summary.Mean, mean);
        if (within is { } share) AssertHolds(summary.Within, share);
    }

    [Fact]
    public void TwoServersHaveTheKnownWaitAndQueue()
    {
        // M/M/2, arrivals 2, service rate 3 (here an hour): Wq 1/24, Lq 1/12.
        var summary = Simulate(2, 2, TimeSpan.FromHours(1.0 / 3), TimeSpan.FromHours(1), 300_000);

        TestContext.Current.TestOutputHelper?.WriteLine($"M/M/2: Wq {Text(summary.Mean)} s of 150, Lq {summary.Mean.Value * 2 / 3600:F5}");
        AssertHolds(summary.Mean, 3600.0 / 24);
        AssertHolds(new Figure(summary.Mean.Value * 2 / 3600, summary.Mean.HalfWidth * 2 / 3600), 1.0 / 12);
    }

    [Fact]
    public void StrictPriorityIsAPolicyWithVeryLongHeadStarts()
    {
        // Non-preemptive priorities, three classes .2/.6/1.2, service rate 3, one server (hours).
        (Segment Segment, double Rate, double Wait)[] classes =
            [(Segment.Green, .2, .238095), (Segment.Appointment, .6, .324675), (Segment.Ordinary, 1.2, .909091)];
        var service = new ExponentialDurations(TimeSpan.FromHours(1.0 / 3));
        var length = TimeSpan.FromHours(150_000);
        var visits = Arrivals.Generate(
            [.. classes.Select(c => new ArrivalStream("a", c.Segment, [new ArrivalRate(TimeSpan.Zero, c.Rate)], service))], Start, length, 1);
        var strict = new CallPolicy(TimeSpan.FromDays(100_000), TimeSpan.FromDays(200_000));

        var day = HallSimulator.Run(strict, [Counter(0, length)], visits);

        foreach (var (segment, _, wait) in classes)
        {
            var mean = WaitSummary.Of(day.WaitsOf(v => v.Segment == segment), TimeSpan.Zero).Mean;
            TestContext.Current.TestOutputHelper?.WriteLine($"{segment}: {mean.Value / 3600:F6} ± {mean.HalfWidth / 3600:F6} h of {wait}");
            AssertHolds(new Figure(mean.Value / 3600, mean.HalfWidth / 3600), wait);
        }
    }

    [Fact]
    public void TheExactFormulaGivesTheFiguresOfTheRules()
    {
        var hall = new ErlangC(14, 200, TimeSpan.FromMinutes(3));
        Assert.Equal(0.1741319, hall.Waits, 6);
        Assert.Equal(7.835937, hall.MeanWaitSeconds, 5);
        Assert.Equal(0.8883500, hall.Within(TimeSpan.FromSeconds(20)), 6);
        Assert.Equal(0.653327, new ErlangC(9, 48, TimeSpan.FromMinutes(10)).Waits, 6);
    }

    private static WaitSummary Simulate(int servers, double perHour, TimeSpan mean, TimeSpan limit, int visitors)
    {
        var length = TimeSpan.FromHours(visitors / perHour);
        var visits = Arrivals.Generate(
            [new ArrivalStream("a", Segment.Ordinary, [new ArrivalRate(TimeSpan.Zero, perHour)], new ExponentialDurations(mean))], Start, length, 1);
        var day = HallSimulator.Run(CallPolicy.Default, [.. Enumerable.Range(0, servers).Select(i => Counter(i, length))], visits);
        return WaitSummary.Of(day.Waits, limit);
    }

    private static CounterPlan Counter(int number, TimeSpan length) =>
        new("c" + number, ["a"], [], [new OpenInterval(Start, Start + length + length)]);

    // An interval so wide that it holds anything would show nothing.
    private static void AssertHolds(Figure figure, double expected)
    {
        Assert.True(figure.Holds(expected), $"{expected} is not in {Text(figure)}");
        Assert.True(figure.HalfWidth < 0.1 * expected, $"{Text(figure)} is too wide to say anything about {expected}");
    }

    private static string Text(Figure figure) => $"{figure.Value:F6} ± {figure.HalfWidth:F6}";
}
