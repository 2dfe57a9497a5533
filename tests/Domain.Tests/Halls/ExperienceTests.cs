using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Estimating;

namespace OneStop.Domain.Tests.Halls;

public class ExperienceTests
{
    private static readonly DateTimeOffset Nine = Times.At("2026-03-02 09:00");

    [Fact]
    public void ATicketToldTwiceTeachesOnce()
    {
        var ended = Ended("t1", 0, 5, 12);
        var once = HallExperience.None(HallDay.Shilong).Observe(ended);

        var twice = once.Observe(ended);

        Assert.Equal(1, once.Fit.Of(ended.Service).Occupied.Seen);
        Assert.Equal(once.Fit, twice.Fit);
        Assert.Equal(once.Calibration.Overall, twice.Calibration.Overall);
    }

    [Fact]
    public void TheRecordTeachesWhatTheHintsTaught()
    {
        Ticket[] day = [Ended("t1", 0, 5, 12), Ended("t2", 1, 13, 20), Ended("t3", 2, 21, 33)];
        var told = HallExperience.None(HallDay.Shilong);
        foreach (var ticket in day)
        {
            told = told.Observe(ticket with { State = TicketState.Waiting, Counter = null, CalledAt = null, FirstCalledAt = null, EndedAt = null });
            told = told.Observe(ticket with { State = TicketState.Called, EndedAt = null }).Observe(ticket);
        }

        var read = HallExperience.Of(HallDay.Shilong, day.Reverse());

        Assert.Equal(told.Fit.Changeover, read.Fit.Changeover);
        Assert.Equal(2, read.Fit.Changeover.Seen);
        Assert.Equal(told.Fit.Of(day[0].Service), read.Fit.Of(day[0].Service));
        Assert.Equal(told.Calibration.Overall, read.Calibration.Overall);
        Assert.Equal(told.ArrivalsAt(Nine.AddMinutes(30)), read.ArrivalsAt(Nine.AddMinutes(30)));
    }

    [Fact]
    public void AnEstimateIsHeldAgainstTheWaitUntilTheFirstCall()
    {
        var recalled = Ended("t1", 0, 5, 12) with { CalledAt = Nine.AddMinutes(9), Estimated = new WaitEstimate(300, 420) };

        var counts = HallExperience.None(HallDay.Shilong).Observe(recalled).Calibration.Overall;

        Assert.Equal((1, 1, 1, 1), (counts.P50Counted, counts.UnderP50, counts.P90Counted, counts.UnderP90));
    }

    [Fact]
    public void ADayThatEndedWithATicketAtACounterSaysNothingOfItsLength()
    {
        var forgotten = Ended("t1", 0, 5, 120) with { Outcome = TicketOutcome.DayEnded };

        Assert.Equal(0, HallExperience.None(HallDay.Shilong).Observe(forgotten).Fit.Of(forgotten.Service).Occupied.Seen);
    }

    private static Ticket Ended(string id, int taken, int called, int ended) =>
        new(id, id, HallDay.Shilong.Id, HallDay.Shilong.Services[0].Id, new DateOnly(2026, 3, 2), Segment.Ordinary, "zh", Nine.AddMinutes(taken))
        {
            State = TicketState.Finished,
            Counter = "c1",
            CalledAt = Nine.AddMinutes(called),
            FirstCalledAt = Nine.AddMinutes(called),
            StartedAt = Nine.AddMinutes(called + 1),
            EndedAt = Nine.AddMinutes(ended),
            Estimated = new WaitEstimate(240, 900),
        };
}
