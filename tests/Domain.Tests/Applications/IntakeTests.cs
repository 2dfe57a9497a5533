using OneStop.Domain.Applications;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Tests.Applications;

/// <summary>A6: article 32.</summary>
public class IntakeTests
{
    // 2026-03-02 is a Monday; its 5th working day ends with Monday the 9th.
    [Fact]
    public void OnReceiptTheAcceptanceClockRunsForFiveWorkingDays()
    {
        var file = CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00");
        Assert.Equal(ApplicationStatus.Received, file.State.Status);
        Assert.Equal(Times.EndOf("2026-03-09"), file.Due(ClockKind.Acceptance));
        Assert.Equal(Times.EndOf("2026-03-09"), file.NextWakeUp);
    }

    [Fact]
    public void AcceptanceStartsTheStatutoryAndTheCommittedClock()
    {
        var file = CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00").Do(new AcceptApplication(), "2026-03-03 10:00", Items.Clerk);
        Assert.Equal(ApplicationStatus.Handling, file.State.Status);
        Assert.Equal(Times.EndOf("2026-03-12"), file.Due(ClockKind.Committed));
        Assert.Equal(Times.EndOf("2026-03-31"), file.Due(ClockKind.Statutory));
    }

    [Fact]
    public void WithoutStepsAnAcceptedApplicationStaysAccepted() =>
        Assert.Equal(ApplicationStatus.Accepted, CaseFile.Accepted(Items.MarriageRecord, "2026-03-02 10:00").State.Status);

    [Fact]
    public void WhoStaysSilentForFiveWorkingDaysHasAcceptedFromTheDayOfReceipt()
    {
        var file = CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00").RunUntil("2026-03-10 00:00");
        Assert.True(file.State.DeemedAccepted);
        Assert.Equal(Times.At("2026-03-02 10:00"), file.State.AcceptedAt);
        Assert.Equal(Times.EndOf("2026-03-11"), file.Due(ClockKind.Committed));
        Assert.Equal(Times.At("2026-03-10 00:00"), file.State.Steps[0].OpenedAt);
        Assert.Equal(ApplicationStatus.Handling, file.State.Status);
    }

    [Fact]
    public void AcceptingAtTheLastInstantIsInTime()
    {
        var file = CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00").Do(new AcceptApplication(), "2026-03-10 00:00", Items.Clerk);
        Assert.False(file.State.DeemedAccepted);
    }

    [Fact]
    public void ACommandAfterTheFifthDayMeetsAnAcceptedApplication()
    {
        var file = CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00");
        Assert.Equal("wrong-state", file.Refusal(new RequestCorrection(["lease"]), "2026-03-10 09:00", Items.Clerk));
        Assert.Equal("wrong-state", file.Refusal(new RefuseApplication("art. 32", "doc1"), "2026-03-10 09:00", Items.Clerk));
    }

    [Fact]
    public void CorrectionsAreRequestedOnce()
    {
        var file = CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00").Do(new RequestCorrection(["lease"]), "2026-03-03 10:00", Items.Clerk);
        Assert.Equal(ApplicationStatus.Correcting, file.State.Status);
        Assert.Null(file.NextWakeUp);
        Assert.Equal("already-corrected", file.Refusal(new RequestCorrection(["map"]), "2026-03-03 11:00", Items.Clerk));
        file.Do(new SupplementApplication(["doc7"]), "2026-04-01 10:00", Actor.Public);
        Assert.Equal("already-corrected", file.Refusal(new RequestCorrection(["map"]), "2026-04-01 11:00", Items.Clerk));
    }

    [Fact]
    public void AfterASupplementANewAcceptanceClockRunsAndSilenceCountsFromIt()
    {
        var file = CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00")
            .Do(new RequestCorrection(["lease"]), "2026-03-03 10:00", Items.Clerk)
            .Do(new SupplementApplication(["doc7"]), "2026-03-16 10:00", Actor.Public);
        Assert.Equal(Times.EndOf("2026-03-23"), file.Due(ClockKind.Acceptance));
        file.RunUntil("2026-03-24 00:00");
        Assert.Equal(Times.At("2026-03-16 10:00"), file.State.AcceptedAt);
    }

    [Fact]
    public void ARefusalNeedsItsBasisAndReasonAndSaysBothAtOnce()
    {
        var file = CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00");
        var refusal = ApplicationRules.Decide(file.State, new RefuseApplication(" ", null), Items.Clerk, file.Book, Times.At("2026-03-02 11:00")).Refusal!;
        Assert.Equal(["/basis", "/reason"], refusal.Faults.Select(f => f.Pointer));
        file.Do(new RefuseApplication("art. 32 (2)", "doc3"), "2026-03-02 11:00", Items.Clerk);
        Assert.Equal(ApplicationStatus.Refused, file.State.Status);
        Assert.Null(file.NextWakeUp);
        Assert.Equal("wrong-state", file.Refusal(new AcceptApplication(), "2026-03-02 12:00", Items.Clerk));
    }

    [Fact]
    public void OnceAcceptedItCannotBeRefusedOrAcceptedAgain()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, "2026-03-02 10:00");
        Assert.Equal("wrong-state", file.Refusal(new RefuseApplication("x", "y"), "2026-03-02 12:00", Items.Clerk));
        Assert.Equal("wrong-state", file.Refusal(new AcceptApplication(), "2026-03-02 12:00", Items.Clerk));
    }

    [Fact]
    public void OnlyIntakeStaffAccepts()
    {
        var file = CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00");
        Assert.Equal("not-allowed", file.Refusal(new AcceptApplication(), "2026-03-02 12:00", Actor.Public));
        Assert.Equal("not-allowed", file.Refusal(new AcceptApplication(), "2026-03-02 12:00", Items.Of("tax")));
        Assert.Equal("not-allowed", file.Refusal(new AcceptApplication(), "2026-03-02 12:00", Items.Officer));
    }

    [Fact]
    public void AnUnknownApplicationIsRefusedAndANumberIsUsedOnce()
    {
        Assert.Equal("unknown-application", new CaseFile().Refusal(new AcceptApplication(), "2026-03-02 12:00", Items.Clerk));
        Assert.Equal("already-received", CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00")
            .Refusal(new ReceiveApplication("A1", "R1", Items.ShopLicence, Channel.Desk, []), "2026-03-02 12:00", Actor.Public));
    }

    // RULES 3: two days before acceptance online; exceeded gives a warning.
    [Fact]
    public void WhatComesInOnlineIsWarnedOfAfterTwoWorkingDays()
    {
        Assert.Equal(["warning 2026-03-05 00:00"], CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00", Channel.Portal).RunUntil("2026-03-09 12:00").Cards);
        Assert.Empty(CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00").RunUntil("2026-03-09 12:00").Cards);
    }

    [Fact]
    public void EventTimesNeverGoBackwardsAndAreInMicroseconds()
    {
        var file = CaseFile.Received(Items.ShopLicence, "2026-03-02 10:00:00.1234567");
        Assert.Equal(Times.At("2026-03-02 10:00:00.123456"), file.State.LastAt);
        file.Do(new AcceptApplication(), "2026-03-02 09:00", Items.Clerk);
        Assert.Equal(Times.At("2026-03-02 10:00:00.123456"), file.State.AcceptedAt);
    }
}
