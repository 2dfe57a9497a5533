using FsCheck;
using FsCheck.Fluent;
using OneStop.Domain.Calendars;

namespace OneStop.Domain.Tests.Calendars;

public class WorkingCalendarPropertyTests
{
    private static readonly Arbitrary<DateOnly> Dates =
        Gen.Choose(0, 8400).Select(n => new DateOnly(2006, 1, 1).AddDays(n)).ToArbitrary();

    private static readonly Arbitrary<int> Steps = Gen.Choose(-600, 600).ToArbitrary();

    [Fact]
    public void CountingWorkdaysEqualsLookingAtEveryDay() =>
        Prop.ForAll(Dates, Dates, (from, to) =>
        {
            var expected = 0;
            for (var day = from; day < to; day = day.AddDays(1))
                expected += Times.China.Explain(day).IsWorkday ? 1 : 0;
            return Times.China.Workdays(from, to) == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void SteppingForwardLandsOnAWorkdayWithThatManyPassed() =>
        Prop.ForAll(Dates, Steps, (from, n) =>
        {
            var there = Times.China.AddWorkdays(from, n);
            return Times.China.IsWorkday(there) &&
                (n > 0 ? Times.China.Workdays(from.AddDays(1), there.AddDays(1)) == n : Times.China.Workdays(there.AddDays(1), from.AddDays(1)) == -n);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ADayBeginsAndEndsAtLocalMidnight()
    {
        Assert.Equal(Times.At("2024-02-22"), Times.China.EndOf(new DateOnly(2024, 2, 21)));
        Assert.Equal(new DateOnly(2024, 2, 21), Times.China.DateOf(Times.At("2024-02-22").AddTicks(-1)));
    }

    [Fact]
    public void ASkippedHourMapsToTheChangeAndADoubledOneToItsFirst()
    {
        var amsterdam = PublishedCalendars.WeekendsOnly("nl", "Europe/Amsterdam");
        Assert.Equal(new DateTimeOffset(2024, 3, 31, 3, 0, 0, TimeSpan.FromHours(2)), amsterdam.FromLocal(new DateTime(2024, 3, 31, 2, 30, 0)));
        Assert.Equal(TimeSpan.FromHours(2), amsterdam.FromLocal(new DateTime(2024, 10, 27, 2, 30, 0)).Offset);
    }

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("Europe/Amsterdam")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Pacific/Apia")]
    public void WallClocksAreThoseOfTheTimeZoneAlsoInYearsThatChangeThem(string id)
    {
        var (calendar, zone) = (PublishedCalendars.WeekendsOnly("any", id), TimeZoneInfo.FindSystemTimeZoneById(id));
        // From 1984: China changed its clocks from 1986 to 1991, Samoa left out 30 December 2011.
        var instants = Gen.Choose(0, 46 * 366 * 24 * 4).Select(n => new DateTimeOffset(1984, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(15 * n)).ToArbitrary();
        Prop.ForAll(instants, instant =>
        {
            var local = calendar.ToLocal(instant);
            return local == TimeZoneInfo.ConvertTime(instant, zone).DateTime
                && calendar.Here(instant) is var here && here == instant && here.DateTime == local
                && (zone.IsAmbiguousTime(local) || calendar.FromLocal(local) == instant);
        }).QuickCheckThrowOnFailure();
    }
}
