using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Tests.Applications;

/// <summary>S2 and replay: cases that an outside system runs and reports.</summary>
public class ReportedCaseTests
{
    private static readonly ItemDefinition Permit = ItemDefinition.Reported("permit", "general", new CalendarTime(TimeSpan.FromDays(56)), "nl");

    [Fact]
    public void ARedCardFallsAtExactlyTheReportedDeadline()
    {
        var file = Started().RunUntil("2011-12-31 00:00");
        Assert.Equal(["red 2011-12-06 20:41"], file.Cards);
        Assert.Equal(Times.At("2011-12-06 20:41"), file.State.Cards[0].IssuedAt);
    }

    [Theory]
    [InlineData("2011-12-06 20:41", 0)]
    [InlineData("2011-12-06 20:40", 0)]
    [InlineData("2011-12-06 20:41:00.000001", 1)]
    public void AnEndAtExactlyTheDeadlineIsInTimeAndAnyInstantAfterIsNot(string end, int cards) =>
        Assert.Equal(cards, Started().Do(new ReportEnd(Times.At(end)), end, Actor.System).RunUntil("2012-12-31 00:00").Cards.Count());

    [Fact]
    public void AnEndThatIsReportedLateWithdrawsTheCardThatItDisproves()
    {
        var file = Started().Do(new ReportEnd(Times.At("2011-12-01")), "2011-12-20 00:00", Actor.System);
        Assert.Equal(["red 2011-12-06 20:41 withdrawn"], file.Cards);
    }

    [Fact]
    public void AnEndAtTheDeadlineReportedAfterTheWakeUpOfTheSameInstantIsInTime()
    {
        var file = Started().Wake("2011-12-06 20:41").Do(new ReportEnd(Times.At("2011-12-06 20:41")), "2011-12-06 20:41", Actor.System);
        Assert.Equal(["red 2011-12-06 20:41 withdrawn"], file.Cards);
    }

    [Fact]
    public void ADeadlineBeforeTheStartIsOverAtTheStart()
    {
        var file = Empty().Do(new ReportStart("C1", Permit, Times.At("2011-10-11"), Times.At("2011-09-01")), "2011-10-11", Actor.System);
        Assert.Equal(["red 2011-10-11 00:00"], file.RunUntil("2011-10-11 00:00").Cards);
    }

    [Fact]
    public void AnEndBeforeTheStartIsRecordedAndFoundOnce()
    {
        var file = Empty().Do(new ReportEnd(Times.At("2011-10-11 09:00")), "2011-10-11 09:00", Actor.System);
        Assert.Empty(file.State.Findings);
        file.Do(new ReportStart("C1", Permit, Times.At("2011-10-11 10:00"), Times.At("2011-12-06")), "2011-10-11 10:00", Actor.System)
            .Do(Activity("T02", "2011-10-11 11:00"), "2011-10-11 11:00", Actor.System);
        Assert.Equal(ApplicationStatus.Delivered, file.State.Status);
        Assert.Single(file.State.Findings, f => f.Kind == FindingKind.EndBeforeStart);
        Assert.Single(file.State.Findings, f => f.Kind == FindingKind.EventAfterEnd);
        Assert.Empty(file.RunUntil("2012-12-31 00:00").Cards);
    }

    [Fact]
    public void EachActivityAfterTheEndOrBeforeTheStartIsFoundWhateverTheOrderOfReports()
    {
        string[] orders = ["sae", "ase", "aes", "esa"];
        Assert.All(orders, order =>
        {
            var file = Empty();
            foreach (var letter in order)
            {
                if (letter == 's')
                    file.Do(new ReportStart("C1", Permit, Times.At("2011-10-11")), "2012-01-01", Actor.System);
                else if (letter == 'e')
                    file.Do(new ReportEnd(Times.At("2011-11-11")), "2012-01-01", Actor.System);
                else
                    file.Do(Activity("early", "2011-10-10"), "2012-01-01", Actor.System).Do(Activity("late", "2011-11-12"), "2012-01-01", Actor.System)
                        .Do(Activity("late", "2011-11-12"), "2012-01-01", Actor.System).Do(Activity("in", "2011-11-11"), "2012-01-01", Actor.System);
            }

            Assert.Equal(1, file.State.Findings.Count(f => f.Kind == FindingKind.EventBeforeStart));
            Assert.Equal(2, file.State.Findings.Count(f => f.Kind == FindingKind.EventAfterEnd));
            Assert.Equal(3, file.State.Findings.Length);
        });
    }

    [Fact]
    public void DecisionsAreInspected()
    {
        var file = Started()
            .Do(Activity("deny", "2011-10-12", Milestone.Denial), "2011-10-12", Actor.System)
            .Do(Activity("accept", "2011-10-13", Milestone.Acceptance), "2011-10-13", Actor.System)
            .Do(Activity("approve", "2011-10-14", Milestone.Approval), "2011-10-14", Actor.System);
        Assert.Equal(
            [FindingKind.ResultWithoutReason, FindingKind.DecisionBeforeAcceptance, FindingKind.SamePersonAcceptsAndApproves],
            file.State.Findings.Select(f => f.Kind));
    }

    [Fact]
    public void ReportsComeFromTheSystemAndNotToCasesRunHere()
    {
        Assert.Equal("not-allowed", Empty().Refusal(new ReportEnd(Times.At("2011-10-12")), "2011-10-12", Items.Handler));
        Assert.Equal("wrong-state", CaseFile.Received(Items.ShopLicence, "2026-03-02").Refusal(new ReportEnd(Times.At("2026-03-02")), "2026-03-02", Actor.System));
        Assert.Equal("wrong-state", Started().Refusal(new ReportStart("C1", Permit, Times.At("2011-10-11")), "2011-10-12", Actor.System));
    }

    [Fact]
    public void WithoutAReportedDeadlineTheItemsLimitHolds()
    {
        var file = Empty().Do(new ReportStart("C1", Permit, Times.At("2011-10-11 10:00")), "2011-10-11 10:00", Actor.System);
        Assert.Equal(Times.At("2011-12-06 10:00"), file.Due(ClockKind.Statutory));
        Assert.Equal("validation", Empty().Refusal(new ReportStart("C1", Permit with { StatutoryLimit = new WorkingDays(0) }, Times.At("2011-10-11")), "2011-10-11", Actor.System));
    }

    private static CaseFile Empty() => new() { Book = new RuleBook(PublishedCalendars.WeekendsOnly("nl", "Europe/Amsterdam")) };

    private static CaseFile Started() =>
        Empty().Do(new ReportStart("C1", Permit, Times.At("2011-10-11 10:00"), Times.At("2011-12-06 20:41")), "2011-10-11 10:00", Actor.System);

    private static ReportActivity Activity(string name, string at, Milestone milestone = Milestone.None) =>
        new(new ReportedActivity(Times.At(at), name, "Resource1", "Group 1", milestone, false));
}
