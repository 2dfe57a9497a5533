using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Estimating;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Tests.Halls;

public class EstimatorTests
{
    private static readonly DateTimeOffset Now = Times.At("2026-03-02 10:00");
    private static readonly HallDefinition Hall = HallDay.Shilong;
    private static readonly HallFit Fit = HallFit.Prior(Hall);

    [Fact]
    public void AnEstimateMadePieceByPieceIsTheSame()
    {
        var snapshot = new HallSnapshot(
            Times.At("2026-03-02 10:00"),
            [.. Enumerable.Range(0, 9).Select(i => new WaitingTicket($"t{i}", "civil", Segment.Ordinary, Times.At("2026-03-02 09:50").AddMinutes(i)))],
            [],
            []);
        var (fit, options) = (HallFit.Prior(HallDay.Shilong), new EstimateOptions(7));
        var run = new EstimateRun(HallDay.Shilong, snapshot, fit, options);
        while (!run.IsDone) run.Advance(3);

        var whole = WaitEstimator.Estimate(HallDay.Shilong, snapshot, fit, options);

        Assert.Equal(whole.Waiting.OrderBy(w => w.Key), run.Result().Waiting.OrderBy(w => w.Key));
        Assert.Equal(whole.New, run.Result().New);
    }

    [Fact]
    public void EveryPositionIsEstimatedAndALaterOneWaitsLonger()
    {
        var estimate = Estimate(Crowd(200, "civil"));
        var waits = Enumerable.Range(0, 200).Select(i => estimate.Waiting["t" + i]).ToList();
        Assert.All(waits, w => Assert.InRange(w.P50, 0, w.P90));
        Assert.Equal(waits.Select(w => w.P50).Order(), waits.Select(w => w.P50));
        Assert.True(estimate.ForNew("civil", Segment.Ordinary)!.P50 >= waits[^1].P50);
        Assert.True(estimate.ForNew("civil", Segment.Green)!.P50 < waits[^1].P50);
        Assert.Null(estimate.ForNew("none", Segment.Green));
    }

    [Fact]
    public void TheSameSeedGivesTheSameEstimate()
    {
        var snapshot = Crowd(30, "tax");
        Assert.Equal(Estimate(snapshot).Waiting["t20"], Estimate(snapshot).Waiting["t20"]);
    }

    [Fact]
    public void AFreeCounterIsAWaitOfNothing() =>
        Assert.Equal(new WaitEstimate(0, 0), Estimate(Crowd(1, "social")).Waiting["t0"]);

    [Fact]
    public void LaterGreenVisitorsMakeOrdinaryOnesWaitLonger()
    {
        var alone = Estimate(Crowd(60, "civil"));
        var overtaken = Estimate(Crowd(60, "civil") with { Arrivals = [new RecentArrivals("civil", Segment.Green, 60)] });
        Assert.True(overtaken.Waiting["t59"].P50 > alone.Waiting["t59"].P50 + 60);
        Assert.Equal(alone.ForNew("civil", Segment.Green)!.P50, overtaken.ForNew("civil", Segment.Green)!.P50, 60d);
    }

    [Fact]
    public void AServiceWithoutAnOpenCounterCountsAsOneAboutToOpen()
    {
        var hall = Hall with { Counters = [.. Hall.Counters.Select(c => c with { Hours = [] })] };
        var closed = Crowd(3, "market") with { Counters = [] };
        var estimate = WaitEstimator.Estimate(hall, closed, HallFit.Prior(hall), new EstimateOptions(1));
        Assert.InRange(estimate.Waiting["t2"].P90, 1, 3_600 * 3);
    }

    [Fact]
    public void AnIdleHallOfExponentialServicesAgreesWithTheSumOfServiceTimes()
    {
        // One counter, ten ahead, all lengths known well: the wait is the sum of ten services.
        var hall = Hall with { Counters = [Hall.Counters[0] with { Hours = [] }] };
        var random = new SeededRandom(9);
        var truth = new LognormalDurations(TimeSpan.FromSeconds(300), 0.5);
        var fit = Enumerable.Range(0, 20_000).Aggregate(HallFit.Prior(hall), (f, _) => f with
        {
            Services = f.Services.SetItem("civil", f.Of("civil").Observe(truth.Sample(random), false)),
        });
        fit = Enumerable.Range(0, 2_000).Aggregate(fit, (f, _) => f.ObserveChangeover(TimeSpan.FromSeconds(10)));
        var sums = Enumerable.Range(0, 20_000).Select(_ => Enumerable.Range(0, 10).Sum(_ => truth.Sample(random).TotalSeconds + 10)).ToArray();

        var wait = WaitEstimator.Estimate(hall, Crowd(11, "civil"), fit, new EstimateOptions(1, 4_000)).Waiting["t10"];

        Assert.Equal(1, wait.P50 / WaitSummary.Quantile(sums, 0.5), 0.03);
        Assert.Equal(1, wait.P90 / WaitSummary.Quantile(sums, 0.9), 0.03);
    }

    [Fact]
    public void WhatAChangedDefinitionNoLongerKnowsIsLeftOutAndTheOthersAreEstimated()
    {
        var crowd = Crowd(3, "civil");
        var changed = crowd with
        {
            Waiting = [crowd.Waiting[0] with { Service = "gone" }, crowd.Waiting[1] with { OnlyCounter = "gone" }, crowd.Waiting[2]],
            Counters = [.. crowd.Counters.Select(c => c with { Services = ["gone", "civil"], Busy = new BusyWith("gone", Now.AddMinutes(-1), false) })],
        };
        Assert.Equal(["t1", "t2"], Estimate(changed).Waiting.Keys.Order(StringComparer.Ordinal));
    }

    private static HallEstimate Estimate(HallSnapshot snapshot) => WaitEstimator.Estimate(Hall, snapshot, Fit, new EstimateOptions(7));

    private static HallSnapshot Crowd(int count, string service) => new(
        Now,
        [.. Enumerable.Range(0, count).Select(i => new WaitingTicket("t" + i, service, Segment.Ordinary, Now.AddSeconds(i - count)))],
        [.. Hall.Counters.Select(c => new CounterSnapshot(c.Id, CounterStatus.Open, [], default, null, null))],
        []);
}
