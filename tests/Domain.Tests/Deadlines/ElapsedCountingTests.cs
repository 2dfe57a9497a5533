using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Tests.Deadlines;

public class ElapsedCountingTests
{
    // RULES 2: accepted 2018-10-15 10:00, promised 7, statutory 10.
    [Fact]
    public void LevelsFallWhereTheElapsedOracleSays()
    {
        Assert.Equal(Times.At("2018-10-19 10:00"), Times.Elapsed("2018-10-15 10:00", 7).InstantAfter(-2));
        Assert.Equal(Times.At("2018-10-24 10:00"), Times.Elapsed("2018-10-15 10:00", 7).DueAt);
        Assert.Equal(Times.At("2018-10-29 10:00"), Times.Elapsed("2018-10-15 10:00", 10).DueAt);
    }

    [Fact]
    public void ASpecialProcedureOfThreeWorkingDaysShiftsAllThreeByThree()
    {
        var suspended = Times.Suspended("2018-10-17 10:00", "2018-10-22 10:00");
        Assert.Equal(Times.At("2018-10-24 10:00"), Times.Elapsed("2018-10-15 10:00", 7, suspended).InstantAfter(-2));
        Assert.Equal(Times.At("2018-10-29 10:00"), Times.Elapsed("2018-10-15 10:00", 7, suspended).DueAt);
        Assert.Equal(Times.At("2018-11-01 10:00"), Times.Elapsed("2018-10-15 10:00", 10, suspended).DueAt);
    }

    // overDays = ceil(used - limit): warning at >= -2, yellow at >= 1.
    [Theory]
    [InlineData("2018-10-19 10:00", -3, 0)]
    [InlineData("2018-10-19 10:00:00.000001", -2, 0)]
    [InlineData("2018-10-24 10:00", 0, 0)]
    [InlineData("2018-10-24 10:00:00.000001", 1, 0)]
    public void OverDaysAgreeWithTheInstants(string at, int overDays, int tolerance)
    {
        var used = Times.Elapsed("2018-10-15 10:00", 7).UsedWorkdays(Times.At(at));
        Assert.InRange((int)Math.Ceiling(used - 7), overDays - tolerance, overDays + tolerance);
    }

    [Fact]
    public void AStartOnADayOffBeginsAtMidnightOfTheNextWorkingDay() =>
        Assert.Equal(Times.EndOf("2026-03-10"), Times.Elapsed("2026-03-07 11:00", 2).DueAt);

    [Fact]
    public void ASuspensionTakesItsExactTimeOnce()
    {
        var clock = Times.Elapsed("2026-03-02 10:00", 1, Times.Suspended("2026-03-02 12:00", "2026-03-02 15:00"), Times.Suspended("2026-03-02 14:00", "2026-03-02 16:30"));
        Assert.Equal(Times.At("2026-03-03 14:30"), clock.DueAt);
    }

    [Fact]
    public void WhileASuspensionIsOpenOnlyWhatWasReachedBeforeItIsKnown()
    {
        var clock = Times.Elapsed("2026-03-02 10:00", 5, Times.Suspended("2026-03-04 12:00", null));
        Assert.Null(clock.DueAt);
        Assert.Equal(Times.At("2026-03-04 10:00"), clock.InstantAfter(-2));
        Assert.Equal(2 + (2 / 24.0), clock.UsedWorkdays(Times.At("2026-04-04 12:00")), 9);
    }

    [Fact]
    public void OfficeHoursRunOnlyWhileTheOfficeIsOpen()
    {
        Clock Hours(string start, int hours, params Suspension[] s) => new(Times.China, Times.At(start), new WorkingHours(hours), Counting.Elapsed, [.. s]);
        Assert.Equal(Times.At("2026-03-02 15:00"), Hours("2026-03-02 10:00", 3).DueAt);
        Assert.Equal(Times.At("2026-03-02 12:00"), Hours("2026-03-02 08:00", 3).DueAt);
        Assert.Equal(Times.At("2026-03-09 10:00"), Hours("2026-03-06 16:00", 2).DueAt);
        Assert.Equal(Times.At("2026-03-09 09:30"), Hours("2026-03-07 16:00", 1, Times.Suspended("2026-03-09 08:00", "2026-03-09 09:30")).DueAt!.Value.AddHours(-1));
        Assert.Equal(0.5, Hours("2026-03-02 09:00", 12).UsedWorkdays(Times.At("2026-03-02 13:00")));
    }

    [Fact]
    public void CalendarTimeIsExactAndStandsStillOnlyWhileSuspended()
    {
        Clock Exact(params Suspension[] s) => new(Times.China, Times.At("2026-01-01 10:00"), new CalendarTime(TimeSpan.FromDays(56)), Counting.Days, [.. s]);
        Assert.Equal(Times.At("2026-02-26 10:00"), Exact().DueAt);
        Assert.Equal(Times.At("2026-03-01 11:00"), Exact(Times.Suspended("2026-01-05 10:00", "2026-01-08 11:00")).DueAt);
        Assert.Null(Exact(Times.Suspended("2026-01-05 10:00", null)).DueAt);
        Assert.Equal(Times.EndOf("2026-02-27"), Exact().InstantAfter(1));
        Assert.Equal(Times.EndOf("2026-02-24"), Exact().InstantAfter(-2));
        Assert.False(Exact().Provisional);
    }

    [Fact]
    public void AFixedInstantIsMovedByNothing()
    {
        var clock = new Clock(Times.China, Times.At("2026-03-02"), new FixedInstant(Times.At("2026-03-20 15:00")), Counting.Elapsed, [Times.Suspended("2026-03-05", null)]);
        Assert.Equal(Times.At("2026-03-20 15:00"), clock.DueAt);
        Assert.Equal(Times.At("2026-03-23 15:00"), clock.InstantAfter(1));
        Assert.Equal(Times.At("2026-03-17 15:00"), clock.InstantAfter(-2));
        Assert.Empty(clock.Explain(Times.At("2026-03-20")));
    }

    [Fact]
    public void AFixedInstantBeforeTheStartIsReachedAtTheStart()
    {
        var clock = new Clock(Times.China, Times.At("2026-03-02"), new FixedInstant(Times.At("2026-02-02")), Counting.Days, []);
        Assert.Equal(Times.At("2026-02-02"), clock.DueAt);
        Assert.Equal(Times.At("2026-03-02"), clock.InstantAfter(0));
    }

    [Fact]
    public void AWorkingDayIsADayOfTheWallClockWhereClocksAreChanged()
    {
        var amsterdam = PublishedCalendars.WeekendsOnly("nl", "Europe/Amsterdam");
        var clock = new Clock(amsterdam, new DateTimeOffset(2024, 3, 29, 10, 0, 0, TimeSpan.FromHours(1)), new WorkingDays(1), Counting.Elapsed, []);
        Assert.Equal(new DateTimeOffset(2024, 4, 1, 10, 0, 0, TimeSpan.FromHours(2)), clock.DueAt);
    }
}
