using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Estimating;
using OneStop.Domain.Halls.Simulating;

namespace OneStop.Domain.Tests.Halls;

public class FitTests
{
    private static readonly TimeSpan Expected = TimeSpan.FromMinutes(6);

    [Fact]
    public void BeforeAnythingWasSeenTheMeanIsTheExpectedOne() =>
        Assert.Equal(Expected.TotalSeconds, DurationFit.Prior(Expected).Mean.TotalSeconds, 1);

    [Fact]
    public void ManyServicesOvercomeTheExpectation()
    {
        var random = new SeededRandom(5);
        var truth = new LognormalDurations(TimeSpan.FromMinutes(3), 0.6);
        var fit = Enumerable.Range(0, 2_000).Aggregate(DurationFit.Prior(Expected), (f, _) => f.Observe(truth.Sample(random)));
        Assert.InRange(fit.Median.TotalMinutes, 2.85, 3.15);
        Assert.InRange(Math.Sqrt(fit.Variance), 0.57, 0.63);
    }

    [Fact]
    public void AFewServicesDoNotSwingIt()
    {
        var fit = DurationFit.Prior(Expected).Observe(TimeSpan.FromMinutes(30)).Observe(TimeSpan.FromMinutes(30));
        Assert.InRange(fit.Median / DurationFit.Prior(Expected).Median, 1, 2);
    }

    [Fact]
    public void AButtonPressedByMistakeOrForgottenTeachesNothing()
    {
        var fit = DurationFit.Prior(Expected);
        Assert.Same(fit, fit.Observe(TimeSpan.Zero));
        Assert.Same(fit, fit.Observe(TimeSpan.FromHours(6)));
        var settled = Enumerable.Range(0, 200).Aggregate(fit, (f, i) => f.Observe(TimeSpan.FromMinutes(5 + (i % 3))));
        var after = settled.Observe(TimeSpan.FromHours(3.9)).Observe(DurationFit.Shortest);
        Assert.InRange(after.Median / settled.Median, 0.99, 1.01);
    }

    [Fact]
    public void WhatIsLeftOfAServiceGrowsWithWhatHasPassedOfALongOne()
    {
        var random = new SeededRandom(3);
        var draw = new DurationDraw(Math.Log(300), 0.7);
        double Mean(double elapsed) => Enumerable.Range(0, 4_000)
            .Average(_ => (double)draw.SampleRemaining(random, TimeSpan.FromSeconds(elapsed).Ticks) / TimeSpan.TicksPerSecond);

        // By numerical integration of the lognormal's tail: E[X - t | X > t].
        Assert.InRange(Mean(300), 300 * 0.75, 300 * 1.05);
        Assert.True(Mean(1_500) > Mean(600));
        Assert.InRange(Mean(100_000), 1, 100_000);
    }

    [Fact]
    public void TheShareOfNoShowsIsLearned()
    {
        var fit = Enumerable.Range(0, 1_000).Aggregate(ShareFit.Prior, (f, i) => f.Observe(i % 5 == 0));
        Assert.InRange(fit.Mean, 0.19, 0.21);
        Assert.InRange(fit.Draw(new SeededRandom(1)), 0.15, 0.25);
        Assert.InRange(ShareFit.Prior.Observe(true).Mean, 0.05, 0.1);
    }

    [Fact]
    public void OnlyTicketsThatCameToTheirEndAtACounterTeach()
    {
        var fit = HallFit.Prior(Tickets.Hall);
        var ticket = Tickets.Taken("A001", "2026-03-02 09:00");
        Assert.Same(fit, fit.Observe(ticket));
        Assert.Same(fit, fit.Observe(ticket with { State = TicketState.Cancelled, EndedAt = Times.At("2026-03-02 09:30") }));
        var served = ticket with
        {
            State = TicketState.Finished,
            FirstCalledAt = Times.At("2026-03-02 09:10"),
            CalledAt = Times.At("2026-03-02 09:12"),
            EndedAt = Times.At("2026-03-02 09:20"),
        };
        Assert.Equal(fit.Of("civil").Occupied.Observe(TimeSpan.FromMinutes(10)), fit.Observe(served).Of("civil").Occupied);
        var missed = fit.Observe(served with { State = TicketState.NoShow }).Of("civil");
        Assert.Equal((1, 0), (missed.NoShowTime.Seen, missed.Occupied.Seen));
        Assert.True(missed.NoShow.Mean > ShareFit.Prior.Mean);
    }
}
