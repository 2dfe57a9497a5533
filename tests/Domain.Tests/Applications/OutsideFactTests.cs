using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Tests.Applications;

/// <summary>S5: what people report of cases that outside systems run, also late, also twice.</summary>
public class OutsideFactTests
{
    private static readonly ReportStart Start = new("C1", Items.ShopLicence, Times.At("2026-03-02 10:00"));
    private static readonly ReportedActivity Review = new(Times.At("2026-03-03 10:00"), "review", "r1", "market", Milestone.None, false) { Materials = ["身份证"] };

    [Fact]
    public void AdministratorsAndOfficersReportAndNobodyElse()
    {
        foreach (var actor in new[] { Items.Admin, Items.Officer })
            Assert.NotNull(new CaseFile().Do(Start, "2026-03-10", actor).State.AcceptedAt);
        foreach (var actor in new[] { Items.Clerk, Items.Handler, Items.Head, Actor.Public })
        {
            Assert.Equal("not-allowed", new CaseFile().Refusal(Start, "2026-03-10", actor));
            Assert.Equal("not-allowed", Started().Refusal(new ReportEnd(Times.At("2026-03-03")), "2026-03-10", actor));
        }
    }

    [Fact]
    public void WhatIsSaidAgainChangesNothing()
    {
        var suspension = new RecordSuspension(SpecialProcedure.Hearing, 3, Times.At("2026-03-04"), Times.At("2026-03-06"));
        var file = Started().Do(new ReportActivity(Review), "2026-03-10", Items.Admin).Do(suspension, "2026-03-10", Items.Officer)
            .Do(new ReportEnd(Times.At("2026-03-09")), "2026-03-10", Items.Admin);
        var events = file.Events.Count;

        file.Do(Start, "2026-03-11", Items.Admin).Do(new ReportActivity(Review with { Materials = ["身份证"] }), "2026-03-11", Items.Admin)
            .Do(suspension, "2026-03-11", Items.Officer).Do(new ReportEnd(Times.At("2026-03-09")), "2026-03-11", Items.Officer);

        Assert.Equal(events, file.Events.Count);
        file.Do(new ReportActivity(Review with { Materials = ["照片"] }), "2026-03-11", Items.Admin);
        Assert.True(file.Events.Count > events);
        Assert.Equal("wrong-state", file.Refusal(Start with { Deadline = Times.At("2026-06-01") }, "2026-03-11", Items.Admin));
    }

    [Fact]
    public void ALogsOwnLinesAreAFactEach()
    {
        var file = Started().Do(new ReportActivity(Review), "2026-03-10", Actor.System).Do(new ReportActivity(Review), "2026-03-10", Actor.System);
        Assert.Equal(2, file.State.Activities.Length);
    }

    [Theory]
    [InlineData("1979-12-31")]
    [InlineData("1900-01-01")]
    [InlineData("2026-03-10 10:00:00.000001")]
    public void WhatHasNotHappenedYetOrLongAgoIsNotReported(string time)
    {
        Assert.Equal("validation", new CaseFile().Refusal(Start with { Start = Times.At(time) }, "2026-03-10 10:00", Items.Admin));
        Assert.Equal("validation", Started().Refusal(new ReportActivity(Review with { Time = Times.At(time) }), "2026-03-10 10:00", Items.Admin));
        Assert.Equal("validation", Started().Refusal(new ReportEnd(Times.At(time)), "2026-03-10 10:00", Items.Admin));
    }

    [Fact]
    public void AnEventBeforeTheStartIsRecordedAndFound()
    {
        var file = Started().Do(new ReportActivity(Review with { Time = Times.At("2026-03-01") }), "2026-03-10", Items.Admin);
        Assert.Contains(file.State.Findings, finding => finding.Kind == FindingKind.EventBeforeStart);
    }

    // Promise 7 working days: yellow after 2026-03-11. A hearing that is entered late gives five days back.
    [Fact]
    public void ASuspensionThatIsReportedLateWithdrawsTheCardsThatItDisproves()
    {
        var file = Started().RunUntil("2026-03-12 00:00");
        Assert.Contains("yellow 2026-03-12 00:00", file.Cards);

        file.Do(new RecordSuspension(SpecialProcedure.Hearing, 5, Times.At("2026-03-04"), Times.At("2026-03-10")), "2026-03-12 10:00", Items.Officer);

        Assert.Contains("yellow 2026-03-12 00:00 withdrawn", file.Cards);
        Assert.Equal("not-allowed", file.Refusal(new RecordSuspension(SpecialProcedure.Hearing, 5, Times.At("2026-03-04"), Times.At("2026-03-10")), "2026-03-12", Items.Handler));
        Assert.True(file.NextWakeUp > Times.At("2026-03-12"));
    }

    [Fact]
    public void ADeadlineSetOutsideStandsInPlaceOfTheItemsLimits()
    {
        var file = new CaseFile().Do(Start with { Deadline = Times.At("2026-03-20 12:00") }, "2026-03-10", Items.Admin).RunUntil("2026-04-01");
        Assert.Equal(["red 2026-03-20 12:00"], file.Cards);
        Assert.Equal("validation", new CaseFile().Refusal(Start with { Deadline = Times.At("1899-03-20") }, "2026-03-10", Items.Admin));
    }

    [Fact]
    public void AReportedCaseIsArchivedLikeAnyOtherAndTakesNoFactsAfterwards()
    {
        var rule = new RetentionRule { Code = "default", ArchiveAfter = new(1, RetentionUnit.Years) };
        var file = new CaseFile().Do(Start with { Item = Items.ShopLicence with { Retention = rule } }, "2026-03-10", Items.Admin)
            .Do(new ReportEnd(Times.At("2026-03-05")), "2026-03-10", Items.Admin).RunUntil("2028-01-01");
        Assert.Equal(Times.EndOf("2027-03-05"), file.State.ArchivedAt);
        Assert.Equal("archived", file.Refusal(new ReportActivity(Review), "2028-01-02", Items.Admin));
    }

    private static CaseFile Started() => new CaseFile().Do(Start, "2026-03-02 10:00", Items.Admin);
}
