using OneStop.Domain.Applications;
using OneStop.Domain.Notices;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Tests.Applications;

/// <summary>
/// S6: who is told of cards and when. Accepted on Monday 2026-03-02: warning 03-10, yellow 03-12, red 03-31; 5 working
/// days after Thursday 03-12 end with 03-19, 3 with 03-17; 3 and 5 after Tuesday 03-31 end with 04-03 and, over Tomb
/// Sweeping Day (Monday 04-06 is off), 04-08.
/// </summary>
public class EscalationTests
{
    private const string Monday = "2026-03-02 10:00";

    [Fact]
    public void TheLadderIsClimbedAtItsInstants() => Assert.Equal(
        [
            "03-10 00:00 cardIssued warning: post/handler/market",
            "03-12 00:00 cardIssued yellow: post/handler/market post/sectionHead/market",
            "03-18 00:00 cardUnhandled yellow: post/departmentHead/market",
            "03-20 00:00 cardUnexplained yellow: post/supervisionOfficer",
            "03-31 00:00 cardIssued red: post/handler/market post/sectionHead/market post/departmentHead/market post/supervisionOfficer",
            "04-04 00:00 cardUnhandled red: post/mayor",
            "04-09 00:00 cardUnexplained red: post/supervisionOfficer",
        ],
        Told(CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-06-01")));

    [Fact]
    public void LateItIsClimbedInTheSameOrder()
    {
        var late = CaseFile.Accepted(Items.ShopLicence, Monday).Wake("2026-06-01");
        Assert.Equal(
            ["cardIssued warning", "cardIssued yellow", "cardUnhandled yellow", "cardIssued red", "cardUnhandled red"],
            late.Events.OfType<PeopleTold>().Select(t => $"{CamelCase.Of(t.Kind)} {CamelCase.Of(LevelOf(late, t))}"));
        // What was recorded late is explained in five working days from then on.
        Assert.Equal(2, late.RunUntil("2026-06-10").Events.OfType<ExplanationLapsed>().Count(e => e.LapsedAt == Times.At("2026-06-09")));
    }

    [Fact]
    public void WhoeverHasTheStepIsTheHandler()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).Do(new ClaimStep("review"), Monday, Items.Colleague).RunUntil("2026-03-10");
        Assert.Equal(["03-10 00:00 cardIssued warning: account/handler2.market"], Told(file));
    }

    [Fact]
    public void WhatIsDecidedIsNotUnhandledAndWhatIsExplainedNotUnexplained()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-13 09:00");
        file.Do(new ExplainCard(file.State.Cards[1].CardId, "t"), "2026-03-13 10:00", Items.Handler)
            .Do(new CompleteStep("review", StepOutcome.Approved, "o"), "2026-03-13 11:00", Items.Handler)
            .Do(new DecideApplication(ApplicationOutcome.Granted, null), "2026-03-13 12:00", Items.Handler).RunUntil("2026-06-01");
        Assert.Equal(["03-13 10:00 cardExplained yellow: post/supervisionOfficer"], Told(file).Skip(2));
        Assert.Null(file.NextWakeUp);
    }

    [Fact]
    public void WhoWasToldOfACardIsToldThatItFell()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-13 09:00")
            .Do(new RecordSuspension(SpecialProcedure.Inspection, 3, Times.At("2026-03-04 09:00"), Times.At("2026-03-06 17:00")), "2026-03-13 10:00", Items.Handler);
        Assert.Equal(
            [
                "03-13 10:00 cardWithdrawn warning: post/handler/market",
                "03-13 10:00 cardWithdrawn yellow: post/handler/market post/sectionHead/market",
                "03-13 10:00 cardIssued warning: post/handler/market",
            ],
            Told(file).Skip(2));
    }

    [Fact]
    public void AnUnexplainedCardStandsAndOnlyTheOfficerWithdrawsIt()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-20 00:00");
        var yellow = file.State.Cards[1];
        Assert.Equal(Times.At("2026-03-20"), yellow.StandsSince);
        Assert.Equal("deadline-passed", file.Refusal(new ExplainCard(yellow.CardId, "t"), "2026-03-20 09:00", Items.Head));
        file.Do(new UpholdCard(yellow.CardId), "2026-03-20 10:00", Items.Officer).Do(new WithdrawCard(yellow.CardId, "r"), "2026-03-20 11:00", Items.Officer);
        Assert.Null(file.State.Cards[1].StandsSince);
        Assert.Equal(["cardUpheld", "cardWithdrawn"], file.Events.OfType<PeopleTold>().TakeLast(2).Select(t => CamelCase.Of(t.Kind)));
    }

    [Fact]
    public void TheTimeToExplainIsAClockOfTheCase()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-12 00:00");
        Assert.Equal(Times.EndOf("2026-03-19"), file.Due(ClockKind.Explanation));
        var standing = ApplicationView.Explain(file.RunUntil("2026-03-20").State, file.Calendar, Times.At("2026-03-21")).Single(c => c.Kind == ClockKind.Explanation);
        Assert.Equal((ClockStanding.Stopped, Times.At("2026-03-20")), (standing.State, standing.StoppedAt));
    }

    [Fact]
    public void ACaseIsUrgedOftenAndSupervisedOnce()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday);
        Assert.Equal("not-allowed", file.Refusal(new SuperviseApplication(null, "r"), Monday, Items.Head));
        Assert.Equal("validation", file.Refusal(new SuperviseApplication(null, " "), Monday, Items.Officer));
        Assert.Equal("unknown-card", file.Refusal(new SuperviseApplication("x", "r"), Monday, Items.Officer));
        file.Do(new UrgeApplication(), Monday, Items.Officer).Do(new UrgeApplication(), Monday, Items.Head).Do(new SuperviseApplication(null, "r"), Monday, Items.Officer);
        Assert.Equal(
            ["urged: post/handler/market", "urged: post/handler/market", "supervised: post/handler/market post/departmentHead/market"],
            file.Events.OfType<PeopleTold>().Select(t => $"{CamelCase.Of(t.Kind)}: {string.Join(' ', t.To.Select(a => a.Key))}"));
        Assert.Equal("already-supervised", file.Refusal(new SuperviseApplication(null, "r"), Monday, Items.Officer));
        file.Do(new WithdrawApplication(), "2026-03-03 10:00", Items.Clerk);
        Assert.Equal("wrong-state", file.Refusal(new UrgeApplication(), "2026-03-03 10:00", Items.Officer));
    }

    [Fact]
    public void AnotherLadderIsRuleDataAlone()
    {
        var rule = TimeRule.Default with
        {
            Escalation = new Escalation([new(EscalationTrigger.Yellow, 0, [Post.Mayor]), new(EscalationTrigger.Unexplained, 1, [Post.DepartmentHead])]) { ExplanationWorkingDays = 1 },
        };
        var file = CaseFile.Accepted(Items.ShopLicence with { TimeRule = rule }, Monday).RunUntil("2026-03-25");
        Assert.Equal(["03-12 00:00 cardIssued yellow: post/mayor", "03-17 00:00 cardUnexplained yellow: post/departmentHead/market"], Told(file));
    }

    [Fact]
    public void ARuleWithANegativeLimitIsRefused()
    {
        var rule = TimeRule.Default with
        {
            Cards = [new(CardLevel.Yellow, ClockKind.Explanation, 0)],
            Escalation = new Escalation([new(EscalationTrigger.Red, -3, [Post.Mayor]), new(EscalationTrigger.Red, 0, []), new(EscalationTrigger.Red, 0, [Post.Mayor])]) { ExplanationWorkingDays = -5 },
        };
        Assert.Equal(
            [
                "/cards/0/clock wrong-clock", "/escalation/explanationWorkingDays out-of-range", "/escalation/steps/0/afterWorkingDays out-of-range",
                "/escalation/steps/1/tell required", "/escalation/steps/2 repeated",
            ],
            rule.Validate().Select(f => $"{f.Pointer} {f.Code}"));
    }

    [Fact]
    public void EachNoticeHasAnIdOfItsOwnAndNamesNobody()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-06-01");
        var notices = CaseNotices.Of(file.State, [.. file.Events]);
        Assert.Equal(11, notices.Length);
        Assert.Distinct(notices.Select(n => n.Id));
        Assert.All(notices, n => Assert.Contains("A1", n.Text.En, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Told(CaseFile file) => file.Events.OfType<PeopleTold>().Select(t =>
        $"{t.At.ToOffset(TimeSpan.FromHours(8)):MM-dd HH:mm} {CamelCase.Of(t.Kind)} {CamelCase.Of(LevelOf(file, t))}: {string.Join(' ', t.To.Select(a => a.Key))}");

    private static CardLevel LevelOf(CaseFile file, PeopleTold told) => file.State.Cards.Single(c => c.CardId == told.CardId).Level;
}
