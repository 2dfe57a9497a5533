namespace OneStop.Domain.Tests.Deadlines;

public class DayCountingTests
{
    // RULES 2, the whole table.
    [Theory]
    [InlineData("2024-02-08", 5, "2024-02-21")]
    [InlineData("2024-02-08", 10, "2024-02-28")]
    [InlineData("2024-02-08", 20, "2024-03-13")]
    [InlineData("2024-02-08", 45, "2024-04-18")]
    [InlineData("2025-09-26", 5, "2025-10-10")]
    [InlineData("2025-09-26", 10, "2025-10-16")]
    [InlineData("2025-09-26", 20, "2025-10-30")]
    [InlineData("2025-09-26", 45, "2025-12-04")]
    [InlineData("2026-02-13", 5, "2026-02-27")]
    [InlineData("2026-02-13", 10, "2026-03-05")]
    [InlineData("2026-02-13", 20, "2026-03-19")]
    [InlineData("2026-02-13", 45, "2026-04-24")]
    [InlineData("2026-09-18", 5, "2026-09-24")]
    [InlineData("2026-09-18", 10, "2026-10-09")]
    [InlineData("2026-09-18", 20, "2026-10-22")]
    [InlineData("2026-09-18", 45, "2026-11-26")]
    public void ALimitIsDueAtTheEndOfItsLastWorkingDay(string start, int days, string due)
    {
        Assert.Equal(Times.EndOf(due), Times.Days(start + " 15:30", days).DueAt);
        Assert.Equal(Times.EndOf(due), Times.Days(start, days).DueAt);
        Assert.Equal(Times.EndOf(due), Times.Days(start + " 23:59:59.999999", days).DueAt);
    }

    [Fact]
    public void AfterAStartOnADayOffTheFirstWorkingDayIsDayOne()
    {
        Assert.Equal(Times.EndOf("2026-03-09"), Times.Days("2026-03-07 11:00", 1).DueAt);
        Assert.Equal(Times.EndOf("2026-02-24"), Times.Days("2026-02-16", 1).DueAt);
    }

    [Fact]
    public void TwoDaysBeforeIsTheEndOfTheWorkingDayAfterWhichTwoRemain()
    {
        // 2026-03-02 is a Monday; 7 working days end on Wednesday the 11th, two remain after Monday the 9th.
        Assert.Equal(Times.EndOf("2026-03-09"), Times.Days("2026-03-02 10:00", 7).InstantAfter(-2));
        Assert.Equal(Times.EndOf("2026-03-12"), Times.Days("2026-03-02 10:00", 7).InstantAfter(1));
        Assert.Equal(Times.EndOf("2026-03-16"), Times.Days("2026-03-02 10:00", 7).InstantAfter(3));
    }

    [Fact]
    public void ALevelNeverStandsBeforeTheStart()
    {
        Assert.Equal(Times.EndOf("2026-03-02"), Times.Days("2026-03-02 10:00", 2).InstantAfter(-2));
        Assert.Equal(Times.At("2026-03-02 10:00"), Times.Days("2026-03-02 10:00", 1).InstantAfter(-2));
        Assert.Equal(Times.At("2026-03-07 10:00"), Times.Days("2026-03-07 10:00", 2).InstantAfter(-2));
    }

    [Fact]
    public void TheDaysASuspensionBeginsAndEndsOnAreBothNotCounted()
    {
        // Tuesday afternoon to Wednesday morning: neither day counts.
        var clock = Times.Days("2026-03-02 10:00", 3, Times.Suspended("2026-03-03 16:00", "2026-03-04 09:00"));
        Assert.Equal(Times.EndOf("2026-03-09"), clock.DueAt);
    }

    [Fact]
    public void ASuspensionWithinOneDayTakesThatDay() =>
        Assert.Equal(Times.EndOf("2026-03-06"), Times.Days("2026-03-02 10:00", 3, Times.Suspended("2026-03-04 09:00", "2026-03-04 09:01")).DueAt);

    [Fact]
    public void ASuspensionThatEndsAt24HoursDoesNotTouchTheDayAfter() =>
        Assert.Equal(Times.EndOf("2026-03-06"), Times.Days("2026-03-02 10:00", 3, Times.Suspended("2026-03-04 09:00", "2026-03-05 00:00")).DueAt);

    [Fact]
    public void OverlappingSuspensionsCountOnce()
    {
        var clock = Times.Days("2026-03-02 10:00", 3, Times.Suspended("2026-03-04 09:00", "2026-03-05 12:00"), Times.Suspended("2026-03-05 10:00", "2026-03-06 12:00", "testing"));
        Assert.Equal(Times.EndOf("2026-03-10"), clock.DueAt);
    }

    [Fact]
    public void ASuspensionOverDaysOffOrOnTheFirstDayMovesNothing()
    {
        Assert.Equal(Times.EndOf("2026-03-09"), Times.Days("2026-03-04", 3, Times.Suspended("2026-03-07 09:00", "2026-03-08 12:00")).DueAt);
        Assert.Equal(Times.EndOf("2026-03-09"), Times.Days("2026-03-04", 3, Times.Suspended("2026-03-04 09:00", "2026-03-04 12:00")).DueAt);
    }

    [Fact]
    public void WhileASuspensionIsOpenNothingIsDueButWhatWasReachedBeforeStaysReached()
    {
        var clock = Times.Days("2026-03-02 10:00", 5, Times.Suspended("2026-03-06 09:00", null));
        Assert.Null(clock.DueAt);
        Assert.False(clock.Provisional);
        Assert.Equal(Times.EndOf("2026-03-05"), clock.InstantAfter(-2));
        Assert.Null(clock.InstantAfter(-1));
        Assert.Equal(3, clock.UsedWorkdays(Times.At("2026-05-01")));
    }

    [Fact]
    public void ASuspensionAfterTheDueInstantMovesOnlyWhatComesAfterIt()
    {
        var clock = Times.Days("2026-03-02 10:00", 3, Times.Suspended("2026-03-06 09:00", "2026-03-06 10:00"));
        Assert.Equal(Times.EndOf("2026-03-05"), clock.DueAt);
        Assert.Equal(Times.EndOf("2026-03-09"), clock.InstantAfter(1));
    }

    [Fact]
    public void AnExtensionAddsItsWorkingDays()
    {
        var clock = new Domain.Deadlines.Clock(Times.China, Times.At("2024-02-08"), new Domain.Deadlines.WorkingDays(10), Domain.Deadlines.Counting.Days, [], 10);
        Assert.Equal(Times.EndOf("2024-03-13"), clock.DueAt);
    }

    [Fact]
    public void ADeadlineThatReachesIntoAnUnpublishedYearIsProvisional()
    {
        Assert.True(Times.Days("2026-12-30", 5).Provisional);
        Assert.False(Times.Days("2026-12-30", 1).Provisional);
    }

    [Fact]
    public void UsedDaysAreThoseThatHaveEnded()
    {
        var clock = Times.Days("2026-03-02 10:00", 7);
        Assert.Equal(0, clock.UsedWorkdays(Times.At("2026-03-03 23:59")));
        Assert.Equal(1, clock.UsedWorkdays(Times.At("2026-03-04 00:00")));
        Assert.Equal(4, clock.UsedWorkdays(Times.At("2026-03-08 00:00")));
    }
}
