using OneStop.Domain.Calendars;

namespace OneStop.Domain.Tests.Calendars;

public class PublishedCalendarTests
{
    // RULES 2.
    [Theory]
    [InlineData(2024, 251)]
    [InlineData(2025, 248)]
    [InlineData(2026, 248)]
    public void AYearHasThePublishedNumberOfWorkdays(int year, int workdays)
    {
        Assert.Equal(workdays, Times.China.WorkdaysIn(year));
        Assert.Equal(workdays, Times.China.Workdays(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1)));
    }

    [Fact]
    public void EveryYearFrom2007To2026IsPublishedAndNoOther()
    {
        Assert.All(Enumerable.Range(2007, 20), year => Assert.True(Times.China.IsPublished(year)));
        Assert.False(Times.China.IsPublished(2006));
        Assert.False(Times.China.IsPublished(2027));
    }

    [Fact]
    public void ADayOfTheYearBeforeIsReadFromTheFileOfItsHoliday()
    {
        Assert.Equal(new DayExplanation(new DateOnly(2011, 12, 31), DayKind.MakeUpWorkday, "元旦", false), Times.China.Explain(new DateOnly(2011, 12, 31)));
    }

    [Theory]
    [InlineData("2024-02-08", DayKind.Workday, null)]
    [InlineData("2024-02-12", DayKind.Holiday, "春节")]
    [InlineData("2024-02-18", DayKind.MakeUpWorkday, "春节")]
    [InlineData("2024-02-24", DayKind.Weekend, null)]
    public void ADaySaysWhatItIsAndWhy(string date, DayKind kind, string? name)
    {
        Assert.Equal(new DayExplanation(Times.Day(date), kind, name, false), Times.China.Explain(Times.Day(date)));
    }

    [Fact]
    public void AYearWithoutAPublishedArrangementKnowsWeekendsOnlyAndIsProvisional()
    {
        var spring = Times.China.Explain(new DateOnly(2027, 2, 8));
        Assert.Equal(DayKind.Workday, spring.Kind);
        Assert.True(spring.Provisional);
        Assert.Equal(261, Times.China.WorkdaysIn(2027));
    }

    [Fact]
    public void ACalendarOfWeekendsOnlyIsNeverProvisional()
    {
        var calendar = PublishedCalendars.WeekendsOnly("nl", "Europe/Amsterdam");
        Assert.True(calendar.IsPublished(2150));
        Assert.Equal(261, calendar.WorkdaysIn(2011) + 1);
    }

    [Fact]
    public void AFactPublishedLaterMakesANewVersion()
    {
        var changed = new WorkingCalendar(Times.China.Definition.With(2027, new DayFact(new DateOnly(2027, 2, 8), "春节", true)));
        Assert.Equal(Times.China.Version + 1, changed.Version);
        Assert.Equal(DayKind.Holiday, changed.Explain(new DateOnly(2027, 2, 8)).Kind);
        Assert.True(changed.IsPublished(2027));
        Assert.False(Times.China.IsPublished(2027));
    }

    [Fact]
    public void AFileInAnotherFormIsRefused()
    {
        Assert.Equal("validation", Assert.Throws<OneStopException>(() => PublishedCalendars.ReadYear("{}"u8)).Code);
        Assert.Equal("validation", Assert.Throws<OneStopException>(() => PublishedCalendars.ReadYear("[1"u8)).Code);
    }

    [Fact]
    public void AnUnknownTimeZoneAndOverlappingOfficeHoursAreRefused()
    {
        Assert.Equal("validation", Assert.Throws<OneStopException>(() => PublishedCalendars.WeekendsOnly("x", "Middle/Earth")).Code);
        var hours = new OfficeSession(new TimeOnly(9, 0), new TimeOnly(12, 0));
        Assert.Equal("validation", Assert.Throws<OneStopException>(() => new WorkingCalendar(new() { Code = "x", OfficeHours = [hours, hours] })).Code);
    }
}
