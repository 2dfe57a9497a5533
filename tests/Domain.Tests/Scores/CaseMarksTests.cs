using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Supervision;
using OneStop.Domain.Supervision.Statistics;
using OneStop.Domain.Tests.Applications;

namespace OneStop.Domain.Tests.Scores;

/// <summary>What of a case counts. ShopLicence promises 7 of 20 working days; from Monday 2026-03-02 it is due at the end of 03-11.</summary>
public class CaseMarksTests
{
    [Fact]
    public void AnAcceptedCaseCountsWithItsPromise()
    {
        var marks = MarksOf(CaseFile.Accepted(Items.ShopLicence, "2026-03-02 10:00"));

        Assert.Equal(new Accepted(Times.Day("2026-03-02"), "market", "shop-licence", null, null, 65), Assert.Single(marks.OfType<Accepted>(), m => m.Step is null));
    }

    [Theory]
    [InlineData("2026-03-03 10:00", true, 85, 100)]
    [InlineData("2026-03-10 10:00", true, 14, 600)]
    [InlineData("2026-03-11 23:59", true, 0, 700)]
    [InlineData("2026-03-12 00:01", false, 0, 800)]
    public void ADecisionCountsByHowMuchOfThePromiseWasLeft(string decided, bool onTime, int early, long hundredths)
    {
        var file = CaseFile.Accepted(Items.ShopLicence with { Steps = [] }, "2026-03-02 10:00")
            .Do(new DecideApplication(ApplicationOutcome.Granted, null), decided, Items.Handler);

        Assert.Equal(
            new Completed(Times.Day(decided[..10]), "market", "shop-licence", null, null, onTime, early, hundredths), Assert.Single(MarksOf(file).OfType<Completed>()));
    }

    [Fact]
    public void ASpecialProcedureIsNotCountedAsWorkingDays()
    {
        var file = CaseFile.Accepted(Items.ShopLicence with { Steps = [] }, "2026-03-02 10:00")
            .Do(new SuspendApplication(SpecialProcedure.Hearing, 3), "2026-03-03 09:00", Items.Handler)
            .Do(new ResumeApplication(), "2026-03-05 17:00", Items.Handler)
            .Do(new DecideApplication(ApplicationOutcome.Granted, null), "2026-03-06 10:00", Items.Handler);

        Assert.Equal(100, Assert.Single(MarksOf(file).OfType<Completed>()).WorkdayHundredths);
    }

    [Fact]
    public void WhatTheApplicantWithdrewWasNotCompleted()
    {
        var file = CaseFile.Accepted(Items.ShopLicence with { Steps = [] }, "2026-03-02 10:00").Do(new WithdrawApplication(), "2026-03-03 10:00", Actor.Public);

        Assert.Empty(MarksOf(file).OfType<Completed>());
    }

    [Fact]
    public void AStepCountsForItsPostAndForWhoDidIt()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, "2026-03-02 10:00")
            .Do(new CompleteStep("review", StepOutcome.Approved, "o"), "2026-03-04 10:00", Items.Handler);

        Assert.Equal(
            new Completed(Times.Day("2026-03-04"), "market", "shop-licence", "review", "handler.market", true, 33, 200), Assert.Single(MarksOf(file).OfType<Completed>()));
    }

    [Fact]
    public void OnlyTheHighestCardInForceCountsAndForWhoHeldTheCase()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, "2026-03-02 10:00").Do(new ClaimStep("review"), "2026-03-02 11:00", Items.Handler).RunUntil("2026-03-20");

        Assert.Equal([CardLevel.Warning, CardLevel.Yellow], file.State.Cards.Select(c => c.Level));
        var cards = MarksOf(file).OfType<CardScored>().ToArray();
        var fell = Times.EndOf("2026-03-11");
        Assert.Equal(
            [
                new(Times.Day("2026-03-12"), "market", "shop-licence", null, null, CardLevel.Yellow, fell),
                new(Times.Day("2026-03-12"), "market", "shop-licence", "review", "handler.market", CardLevel.Yellow, fell),
            ],
            cards);
    }

    [Fact]
    public void AFactThatComesLaterGivesTheCardBack()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, "2026-03-02 10:00").RunUntil("2026-03-13");
        Assert.Contains(MarksOf(file).OfType<CardScored>(), m => m.Level == CardLevel.Yellow);

        file.Do(
            new RecordSuspension(SpecialProcedure.Testing, 4, Times.At("2026-03-03 09:00"), Times.At("2026-03-06 17:00")), "2026-03-13 10:00", Items.Handler);

        Assert.Empty(MarksOf(file).OfType<CardScored>());
    }

    private static ImmutableArray<Mark> MarksOf(CaseFile file) => CaseMarks.Of(file.State, ApplicationClocks.Of(file.State), file.Calendar);
}
