using System.Globalization;
using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Tests.Deadlines;

public class ClockExplanationTests
{
    [Fact]
    public void EveryDayFromStartToDueSaysWhetherItCountsAndWhy()
    {
        var days = Times.Days("2024-02-08 10:00", 5, Times.Suspended("2024-02-20 09:00", "2024-02-20 17:00", "expertReview")).Explain(default);
        var expected = new (string Date, DayReason Reason)[]
        {
            ("2024-02-08", DayReason.FirstDay), ("2024-02-09", DayReason.Counted), ("2024-02-10", DayReason.Holiday), ("2024-02-11", DayReason.Holiday),
            ("2024-02-12", DayReason.Holiday), ("2024-02-13", DayReason.Holiday), ("2024-02-14", DayReason.Holiday), ("2024-02-15", DayReason.Holiday),
            ("2024-02-16", DayReason.Holiday), ("2024-02-17", DayReason.Holiday), ("2024-02-18", DayReason.Counted), ("2024-02-19", DayReason.Counted),
            ("2024-02-20", DayReason.Suspended), ("2024-02-21", DayReason.Counted), ("2024-02-22", DayReason.Counted),
        };
        Assert.Equal(expected, days.Select(d => (d.Date.ToString("o", CultureInfo.InvariantCulture), d.Reason)));
        Assert.Equal("春节", days[4].Holiday);
        Assert.Equal(DayKind.MakeUpWorkday, days[10].Kind);
        Assert.Equal(["expertReview"], days[12].Suspensions);
    }

    [Fact]
    public void ProvisionalDaysSayThatTheyAre()
    {
        var days = Times.Days("2026-12-31", 2).Explain(default);
        Assert.Equal([false, true, true, true, true], days.Select(d => d.Provisional));
    }

    [Fact]
    public void InElapsedCountingTheSharesOfDaysAddUpToTheLimit()
    {
        var days = Times.Elapsed("2018-10-15 10:00", 7, Times.Suspended("2018-10-17 10:00", "2018-10-17 16:00")).Explain(default);
        Assert.Equal(7, days.Sum(d => d.Share), 9);
        Assert.Equal(0.75, days.Single(d => d.Date.Day == 17).Share, 9);
        Assert.Equal(DayReason.Weekend, days.Single(d => d.Date.Day == 20).Reason);
    }

    [Fact]
    public void WhileASuspensionIsOpenItIsExplainedUntilNow()
    {
        var days = Times.Days("2026-03-02 10:00", 5, Times.Suspended("2026-03-04 09:00", null)).Explain(Times.At("2026-03-06 12:00"));
        Assert.Equal([DayReason.FirstDay, DayReason.Counted, DayReason.Suspended, DayReason.Suspended, DayReason.Suspended], days.Select(d => d.Reason));
    }

    [Fact]
    public void CalendarTimeCountsDaysOffAsWell()
    {
        var days = new Clock(Times.China, Times.At("2026-02-13 12:00"), new CalendarTime(TimeSpan.FromDays(10)), Counting.Elapsed, []).Explain(default);
        Assert.Equal(10, days.Sum(d => d.Share), 9);
        Assert.All(days, d => Assert.Equal(DayReason.Counted, d.Reason));
    }
}
