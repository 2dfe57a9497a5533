using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Tests.Applications;

/// <summary>S1, S5, S6: cards at the exact instant, at most one of a level, withdrawn when late facts say so.</summary>
public class CardTests
{
    private const string Monday = "2026-03-02 10:00";

    // Promise 7: warning after Monday 9, over after Wednesday 11; statutory 20: over after Monday 30.
    private static readonly string[] Ladder = ["warning 2026-03-10 00:00", "yellow 2026-03-12 00:00", "red 2026-03-31 00:00"];

    [Fact]
    public void CardsFallAtTheirExactInstants()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-30 23:59");
        Assert.Equal(Ladder[..2], file.Cards);
        Assert.Equal(Light.Yellow, file.State.Light);
        Assert.Equal(Ladder, file.RunUntil("2026-03-31 00:00").Cards);
        Assert.Equal([CardStanding.Superseded, CardStanding.Superseded, CardStanding.Active], file.State.Cards.Select(c => file.State.Cards.StandingOf(c)));
        Assert.Null(file.RunUntil("2026-06-01").NextWakeUp);
        Assert.Equal(Ladder, file.Cards);
    }

    // RULES 2: accepted 2018-10-15 10:00, promised 7, statutory 10, elapsed counting.
    [Fact]
    public void InElapsedCountingTheyFallWhereTheOracleSays()
    {
        var item = Items.ShopLicence with { Counting = Counting.Elapsed, StatutoryLimit = new WorkingDays(10) };
        var file = CaseFile.Accepted(item, "2018-10-15 10:00").RunUntil("2018-12-01 00:00");
        Assert.Equal(["warning 2018-10-19 10:00", "yellow 2018-10-24 10:00", "red 2018-10-29 10:00"], file.Cards);
        var shifted = CaseFile.Accepted(item, "2018-10-15 10:00")
            .Do(new SuspendApplication(SpecialProcedure.Testing, 10), "2018-10-16 10:00", Items.Handler)
            .Do(new ResumeApplication(), "2018-10-19 10:00", Items.Handler).RunUntil("2018-12-01 00:00");
        Assert.Equal(["warning 2018-10-24 10:00", "yellow 2018-10-29 10:00", "red 2018-11-01 10:00"], shifted.Cards);
    }

    [Fact]
    public void AWakeUpDeliveredTwiceOrEarlyByTheClockIsOnceEffected()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).Do(new WakeUp(Times.At("2026-03-10")), "2026-03-09 23:59", Actor.System);
        Assert.Equal(Ladder[..1], file.Cards);
        var count = file.Events.Count;
        Assert.Equal(count, file.Do(new WakeUp(Times.At("2026-03-10")), "2026-03-10 00:00", Actor.System).Wake("2026-03-11").Events.Count);
    }

    [Fact]
    public void ALateWakeUpIssuesTheSameCardsWithTheirLegalInstants() =>
        Assert.Equal(Ladder, CaseFile.Accepted(Items.ShopLicence, Monday).Wake("2026-06-01").Cards);

    [Fact]
    public void ACommandFirstRecordsWhatWasReachedBeforeIt()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday)
            .Do(new CompleteStep("review", StepOutcome.Approved, "o"), "2026-03-12 00:00:00.000001", Items.Handler);
        Assert.Equal(Ladder[..2], file.Cards);
        Assert.IsType<CardIssued>(file.Events[^4]);
        Assert.IsType<StepCompleted>(file.Events[^1]);
    }

    [Fact]
    public void WhatIsDecidedAtExactlyTheInstantIsInTime()
    {
        var file = CaseFile.Accepted(Items.MarriageRecord, Monday).Do(new DecideApplication(ApplicationOutcome.Granted, null), "2026-03-10 00:00", Items.Of("civil"));
        Assert.Empty(file.RunUntil("2026-06-01").Cards);
    }

    [Fact]
    public void AnItemWithoutAPromiseHasOnlyTheRedCard() =>
        Assert.Equal(["red 2026-03-10 00:00"], CaseFile.Accepted(Items.MarriageRecord, Monday).RunUntil("2026-06-01").Cards);

    [Fact]
    public void ChengdusVariantIsRuleDataAlone()
    {
        var rule = new TimeRule("chengdu", 3, [new(CardLevel.Yellow, ClockKind.Committed, -2), new(CardLevel.Red, ClockKind.Committed, 0)], []);
        var file = CaseFile.Accepted(Items.ShopLicence with { TimeRule = rule }, Monday).RunUntil("2026-06-01");
        Assert.Equal(["yellow 2026-03-10 00:00", "red 2026-03-12 00:00"], file.Cards);
        Assert.Equal("A1.chengdu-3.yellow.1", file.State.Cards[0].CardId);
    }

    [Fact]
    public void ASuspensionEnteredAfterwardsWithdrawsCardsWhichFallAgainLater()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-13 09:00")
            .Do(new RecordSuspension(SpecialProcedure.Inspection, 3, Times.At("2026-03-04 09:00"), Times.At("2026-03-06 17:00")), "2026-03-13 10:00", Items.Handler);
        Assert.Equal(["warning 2026-03-10 00:00 withdrawn", "yellow 2026-03-12 00:00 withdrawn", "warning 2026-03-13 00:00"], file.Cards);
        Assert.Equal("A1.default-1.warning.2", file.State.Cards[^1].CardId);
        Assert.Equal("yellow 2026-03-17 00:00", file.RunUntil("2026-03-17").Cards.Last());
    }

    [Fact]
    public void AProcedureEnteredAfterwardsThatTookLongerThanAnnouncedHasItsCards()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday)
            .Do(new RecordSuspension(SpecialProcedure.Inspection, 1, Times.At("2026-03-03 09:00"), Times.At("2026-03-06 17:00")), "2026-03-06 17:30", Items.Handler);
        Assert.Equal(["yellow 2026-03-05 00:00", "red 2026-03-06 00:00"], file.Cards);
    }

    [Fact]
    public void ASuspensionBegunInThePastWithdrawsWhatItCovers()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-10 09:00")
            .Do(new SuspendApplication(SpecialProcedure.Inspection, 20, Times.At("2026-03-06 09:00")), "2026-03-10 10:00", Items.Handler);
        Assert.Equal(["warning 2026-03-10 00:00 withdrawn"], file.Cards);
        Assert.Equal(Light.Green, file.State.Light);
    }

    [Fact]
    public void ALateFactClearsADecidedCaseAsWell()
    {
        var file = CaseFile.Accepted(Items.MarriageRecord, Monday)
            .Do(new DecideApplication(ApplicationOutcome.Granted, null), "2026-03-11 10:00", Items.Of("civil"));
        Assert.Equal(["red 2026-03-10 00:00"], file.Cards);
        file.Do(new RecordSuspension(SpecialProcedure.Testing, 3, Times.At("2026-03-04 09:00"), Times.At("2026-03-06 09:00")), "2026-03-20 10:00", Items.Officer);
        Assert.Equal(["red 2026-03-10 00:00 withdrawn"], file.Cards);
    }

    [Fact]
    public void AcceptanceBySilenceBringsTheCardsThatItsEarlierStartHasEarned()
    {
        var item = Items.ShopLicence with { CommittedLimit = new WorkingDays(3), Steps = [] };
        var file = CaseFile.Received(item, Monday).RunUntil("2026-03-10");
        Assert.Equal(["warning 2026-03-04 00:00", "yellow 2026-03-06 00:00"], file.Cards);
        Assert.All(file.State.Cards, c => Assert.Equal(Times.At("2026-03-10"), c.RecordedAt));
    }

    [Fact]
    public void BeforeTheDepartmentHadItsTimeACardIsNotUpheld()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-12 09:00");
        Assert.Equal("wrong-state", file.Refusal(new UpholdCard(file.State.Cards[1].CardId), "2026-03-12 10:00", Items.Officer));
        Assert.Equal("wrong-state", file.Refusal(new ExplainCard(file.State.Cards[0].CardId, "t"), "2026-03-12 10:00", Items.Head));
    }

    [Fact]
    public void ADepartmentExplainsAndTheOfficerUpholdsOrWithdraws()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-12 09:00");
        var yellow = file.State.Cards[1].CardId;
        Assert.Equal("not-allowed", file.Refusal(new ExplainCard(yellow, "t"), "2026-03-12 10:00", Items.Of("tax")));
        Assert.Equal("deadline-passed", file.Refusal(new ExplainCard(yellow, "t"), "2026-03-20 00:01", Items.Head));
        file.Do(new ExplainCard(yellow, "t"), "2026-03-12 10:00", Items.Head);
        Assert.Equal("already-explained", file.Refusal(new ExplainCard(yellow, "t"), "2026-03-12 10:00", Items.Head));
        Assert.Equal("not-allowed", file.Refusal(new WithdrawCard(yellow, "r"), "2026-03-12 10:00", Items.Head));
        Assert.Equal("unknown-card", file.Refusal(new WithdrawCard("x", "r"), "2026-03-12 10:00", Items.Officer));
        Assert.Equal("wrong-state", file.Refusal(new UpholdCard(file.State.Cards[0].CardId), "2026-03-12 11:00", Items.Officer));
        file.Do(new UpholdCard(yellow), "2026-03-12 11:00", Items.Officer).Do(new UrgeApplication(yellow), "2026-03-12 11:00", Items.Officer);
        Assert.NotNull(file.State.Cards[1].UpheldAt);
        file.Do(new WithdrawCard(yellow, "r"), "2026-03-12 12:00", Items.Officer).RunUntil("2026-03-20");
        Assert.Equal(Light.Warning, file.State.Light);
        Assert.Equal("wrong-state", file.Refusal(new UpholdCard(yellow), "2026-03-20 12:00", Items.Officer));
    }

    [Fact]
    public void ADayDeclaredAHolidayReplansOpenDeadlinesAndCards()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-10 09:00");
        var changed = new WorkingCalendar(Times.China.Definition.With(null, new DayFact(Times.Day("2026-03-09"), "汛情", true)));
        file.Book = new RuleBook(changed, Times.China);
        file.Do(new ReplanApplication(), "2026-03-10 10:00", Items.Admin);
        var replanned = Assert.Single(file.Events.OfType<DeadlinesReplanned>());
        Assert.Contains(new DeadlineChange(ClockKind.Committed, null, Times.EndOf("2026-03-11"), Times.EndOf("2026-03-12")), replanned.Changes);
        Assert.Equal(["warning 2026-03-10 00:00 withdrawn"], file.Cards);
        Assert.Equal(Times.At("2026-03-11"), file.NextWakeUp);
        Assert.Equal("not-allowed", file.Refusal(new ReplanApplication(), "2026-03-10 10:00", Items.Head));
    }

    [Fact]
    public void AnotherCalendarThanTheItemsIsAMistakeOfTheCaller()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday);
        var book = new RuleBook(PublishedCalendars.WeekendsOnly("nl", "Europe/Amsterdam"));
        Assert.Throws<ArgumentException>(() => ApplicationRules.Decide(file.State, new WakeUp(default), Actor.System, book, Times.At(Monday)));
    }
}
