using OneStop.Domain.Applications;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Tests.Applications;

/// <summary>Special procedures, extension, decision, delivery, withdrawal.</summary>
public class CourseTests
{
    private const string Monday = "2026-03-02 10:00";

    [Fact]
    public void WhileASpecialProcedureRunsTheOtherClocksStandStill()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).Do(new SuspendApplication(SpecialProcedure.Hearing, 5), "2026-03-04 10:00", Items.Handler);
        Assert.Equal(ApplicationStatus.Suspended, file.State.Status);
        Assert.Null(file.Due(ClockKind.Committed));
        Assert.Null(file.Due(ClockKind.Statutory));
        Assert.Null(file.Due(ClockKind.Step));
        Assert.Null(ApplicationView.Of(file.State, file.Calendar).DueAt);
        Assert.Equal(Times.EndOf("2026-03-11"), file.Due(ClockKind.SpecialProcedure));
        Assert.Equal("wrong-state", file.Refusal(new CompleteStep("review", StepOutcome.Approved, "o"), "2026-03-04 11:00", Items.Handler));
        Assert.Equal("wrong-state", file.Refusal(new SuspendApplication(SpecialProcedure.Testing, 2), "2026-03-04 11:00", Items.Handler));
    }

    [Fact]
    public void AfterResumingEveryClockHasMovedByTheDaysSuspended()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday)
            .Do(new SuspendApplication(SpecialProcedure.Hearing, 5), "2026-03-04 10:00", Items.Handler)
            .Do(new ResumeApplication(), "2026-03-06 16:00", Items.Head);
        Assert.Equal(ApplicationStatus.Handling, file.State.Status);
        Assert.Equal(Times.EndOf("2026-03-16"), file.Due(ClockKind.Committed));
        Assert.Equal(Times.EndOf("2026-04-02"), file.Due(ClockKind.Statutory));
        Assert.Equal(Times.EndOf("2026-03-10"), file.Due(ClockKind.Step));
    }

    [Fact]
    public void ASuspensionNeedsALengthAndAProcedureAndItsOwnPeople()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday);
        Assert.Equal("validation", file.Refusal(new SuspendApplication(SpecialProcedure.Hearing, 0), Monday, Items.Handler));
        Assert.Equal("validation", file.Refusal(new SuspendApplication((SpecialProcedure)99, 1), Monday, Items.Handler));
        Assert.Equal("validation", file.Refusal(new SuspendApplication(SpecialProcedure.Hearing, 1, Times.At("2026-03-01")), Monday, Items.Handler));
        Assert.Equal("not-allowed", file.Refusal(new SuspendApplication(SpecialProcedure.Hearing, 1), Monday, Items.Clerk));
        Assert.Equal("wrong-state", file.Refusal(new ResumeApplication(), Monday, Items.Handler));
    }

    // RULES 3: special procedure 2 before, exceeded, by more than 1.
    [Fact]
    public void ASpecialProcedureHasLevelsOfItsOwn()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday)
            .Do(new SuspendApplication(SpecialProcedure.Hearing, 5), "2026-03-04 10:00", Items.Handler).RunUntil("2026-05-01 00:00");
        Assert.Equal(["warning 2026-03-10 00:00", "yellow 2026-03-12 00:00", "red 2026-03-13 00:00"], file.Cards);
        Assert.All(file.State.Cards, c => Assert.Equal(ClockKind.SpecialProcedure, c.Clock));
    }

    [Fact]
    public void AnExtensionIsGivenOnceByTheHeadAndBeforeTheDeadline()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday);
        Assert.Equal("not-allowed", file.Refusal(new ExtendApplication("r1"), "2026-03-10 10:00", Items.Handler));
        Assert.Equal("validation", file.Refusal(new ExtendApplication(" "), "2026-03-10 10:00", Items.Head));
        Assert.Equal("deadline-passed", file.Refusal(new ExtendApplication("r1"), "2026-03-31 00:01", Items.Head));
        file.Do(new ExtendApplication("r1"), "2026-03-10 10:00", Items.Head);
        Assert.Equal(Times.EndOf("2026-03-25"), file.Due(ClockKind.Committed));
        Assert.Equal(Times.EndOf("2026-04-14"), file.Due(ClockKind.Statutory));
        Assert.Equal("already-extended", file.Refusal(new ExtendApplication("r1"), "2026-03-10 11:00", Items.Head));
    }

    [Fact]
    public void ADecisionStopsTheClocksAndStartsDelivery()
    {
        var file = Decided();
        Assert.Equal(ApplicationStatus.Decided, file.State.Status);
        Assert.Equal(Times.EndOf("2026-03-17"), ApplicationView.Of(file.State, file.Calendar).DueAt);
        file.Do(new DeliverApplication(), "2026-03-05 10:00", Items.Clerk);
        Assert.Equal(ApplicationStatus.Delivered, file.State.Status);
        Assert.Null(file.NextWakeUp);
        Assert.Equal("wrong-state", file.Refusal(new DeliverApplication(), "2026-03-05 10:00", Items.Clerk));
        Assert.Equal("wrong-state", file.Refusal(new WithdrawApplication(), "2026-03-05 10:00", Items.Clerk));
    }

    [Fact]
    public void ADenialNeedsItsReason()
    {
        var file = CaseFile.Accepted(Items.MarriageRecord, Monday);
        Assert.Equal("validation", file.Refusal(new DecideApplication(ApplicationOutcome.Denied, ""), Monday, Items.Of("civil")));
    }

    [Fact]
    public void AnInstantItemIsDecidedRightAfterAcceptance()
    {
        var file = CaseFile.Accepted(Items.MarriageRecord, Monday).Do(new DecideApplication(ApplicationOutcome.Granted, null), Monday, Items.Of("civil"));
        Assert.Equal(ApplicationOutcome.Granted, file.State.Outcome);
        Assert.Empty(file.State.Findings);
    }

    [Fact]
    public void ItCannotBeDecidedBeforeAcceptanceNorByAnotherDepartment()
    {
        var file = CaseFile.Received(Items.ShopLicence, Monday);
        Assert.Equal("wrong-state", file.Refusal(new DecideApplication(ApplicationOutcome.Granted, null), Monday, Items.Head));
        Assert.Equal("not-allowed", file.Refusal(new DecideApplication(ApplicationOutcome.Granted, null), Monday, Items.Of("tax")));
    }

    [Fact]
    public void TheSamePersonAcceptingAndApprovingIsFoundNotRefused()
    {
        var file = CaseFile.Received(Items.ShopLicence, Monday).Do(new AcceptApplication(), Monday, Items.Handler)
            .Do(new CompleteStep("review", StepOutcome.Approved, "o"), Monday, Items.Handler)
            .Do(new DecideApplication(ApplicationOutcome.Granted, null), Monday, Items.Handler);
        Assert.Equal(FindingKind.SamePersonAcceptsAndApproves, Assert.Single(file.State.Findings).Kind);
    }

    [Fact]
    public void TheApplicantWithdrawsAnyTimeBeforeTheDecision()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday)
            .Do(new SuspendApplication(SpecialProcedure.Hearing, 5), "2026-03-04 10:00", Items.Handler)
            .Do(new WithdrawApplication(), "2026-03-05 10:00", Actor.Public);
        Assert.Equal(ApplicationStatus.Withdrawn, file.State.Status);
        Assert.Null(file.NextWakeUp);
        Assert.All(ApplicationView.Explain(file.State, file.Calendar, Times.At("2026-03-06")).Where(c => c.Kind is ClockKind.Statutory or ClockKind.Step),
            c => Assert.Equal(ClockStanding.Stopped, c.State));
    }

    [Fact]
    public void EveryClockIsExplained()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday)
            .Do(new SuspendApplication(SpecialProcedure.ExpertReview, 5), "2026-03-04 10:00", Items.Handler)
            .Do(new ResumeApplication(), "2026-03-05 16:00", Items.Handler);
        var clocks = ApplicationView.Explain(file.State, file.Calendar, Times.At("2026-03-06 12:00"));
        Assert.Equal([ClockKind.Acceptance, ClockKind.Statutory, ClockKind.Committed, ClockKind.Step, ClockKind.SpecialProcedure], clocks.Select(c => c.Kind));
        Assert.Equal([ClockStanding.Done, ClockStanding.Running, ClockStanding.Running, ClockStanding.Running, ClockStanding.Done], clocks.Select(c => c.State));
        var committed = clocks[2];
        Assert.Equal(7, committed.Days.Count(d => d.Counted));
        Assert.Equal(1, committed.UsedWorkdays);
        Assert.Equal("expertReview", Assert.Single(committed.Suspensions).Reason);
        Assert.Equal(2, committed.Days.Count(d => d.Reason == Domain.Deadlines.DayReason.Suspended));
    }

    [Fact]
    public void ADueInstantIn2027IsProvisional()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, "2026-12-28 10:00");
        Assert.True(ApplicationView.Of(file.State, file.Calendar).Provisional);
    }

    private static CaseFile Decided() => CaseFile.Accepted(Items.ShopLicence, Monday)
        .Do(new CompleteStep("review", StepOutcome.Approved, "o"), "2026-03-03 09:00", Items.Handler)
        .Do(new DecideApplication(ApplicationOutcome.Granted, null), "2026-03-03 10:00", Items.Head);
}
