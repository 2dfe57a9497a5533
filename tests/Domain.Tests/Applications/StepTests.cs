using OneStop.Domain.Applications;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Tests.Applications;

/// <summary>A8: steps, branches and who may do them.</summary>
public class StepTests
{
    private const string Monday = "2026-03-02 10:00";

    [Fact]
    public void OnAcceptanceAllBranchesOpenAtTheSameMoment()
    {
        var file = CaseFile.Accepted(Items.Restaurant, Monday);
        Assert.Equal([StepStatus.Open, StepStatus.Open, StepStatus.Open, StepStatus.Waiting], file.State.Steps.Select(s => s.Status));
        Assert.All(file.State.Steps.Take(3), s => Assert.Equal(Times.At(Monday), s.OpenedAt));
    }

    [Fact]
    public void TheNextStageOpensWhenTheLastBranchIsComplete()
    {
        var file = CaseFile.Accepted(Items.Restaurant, Monday);
        Complete(file, "market", "market", "2026-03-03 10:00");
        Complete(file, "fire", "construction", "2026-03-04 10:00");
        Assert.Equal(StepStatus.Waiting, file.State.Step("approval")!.Status);
        Complete(file, "fumes", "environment", "2026-03-05 10:00");
        Assert.Equal(Times.At("2026-03-05 10:00"), file.State.Step("approval")!.OpenedAt);
    }

    [Fact]
    public void AStepIsDoneByItsDepartmentAndRole()
    {
        var file = CaseFile.Accepted(Items.Restaurant, Monday);
        Assert.Equal("not-allowed", file.Refusal(new CompleteStep("fire", StepOutcome.Approved, "o1"), "2026-03-03 10:00", Items.Handler));
        Assert.Equal("not-allowed", file.Refusal(new ClaimStep("approval"), "2026-03-03 10:00", Items.Handler));
        Assert.Equal("unknown-step", file.Refusal(new ClaimStep("dance"), "2026-03-03 10:00", Items.Handler));
        Assert.Equal("wrong-state", file.Refusal(new ClaimStep("approval"), "2026-03-03 10:00", Items.Head));
    }

    [Fact]
    public void AClaimedStepIsCompletedByWhoHasItOrTheHead()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).Do(new ClaimStep("review"), Monday, Items.Handler);
        Assert.Equal("already-claimed", file.Refusal(new ClaimStep("review"), Monday, Items.Colleague));
        Assert.Equal("already-claimed", file.Refusal(new CompleteStep("review", StepOutcome.Approved, "o1"), Monday, Items.Colleague));
        Assert.Equal("not-allowed", file.Refusal(new ReleaseStep("review"), Monday, Items.Colleague));
        var claims = file.Events.Count;
        Assert.Equal(claims, file.Do(new ClaimStep("review"), Monday, Items.Handler).Events.Count);
        file.Do(new ReleaseStep("review"), Monday, Items.Head).Do(new ClaimStep("review"), Monday, Items.Colleague);
        file.Do(new CompleteStep("review", StepOutcome.Approved, "o1"), Monday, Items.Head);
        Assert.Equal("head.market", file.State.Step("review")!.Person);
    }

    [Fact]
    public void ARejectedStepEndsTheCourseAndOnlyADenialIsLeft()
    {
        var file = CaseFile.Accepted(Items.Restaurant, Monday);
        file.Do(new CompleteStep("fire", StepOutcome.Rejected, "o1"), Monday, Items.Of("construction"));
        Assert.Equal("steps-open", file.Refusal(new DecideApplication(ApplicationOutcome.Denied, "r"), Monday, Items.Head));
        Complete(file, "market", "market", "2026-03-03 10:00");
        Complete(file, "fumes", "environment", "2026-03-03 10:00");
        Assert.Equal(StepStatus.Waiting, file.State.Step("approval")!.Status);
        Assert.Equal("step-rejected", file.Refusal(new DecideApplication(ApplicationOutcome.Granted, null), "2026-03-03 11:00", Items.Head));
        file.Do(new DecideApplication(ApplicationOutcome.Denied, "r"), "2026-03-03 11:00", Items.Head);
        Assert.Equal(ApplicationOutcome.Denied, file.State.Outcome);
    }

    [Fact]
    public void ARejectionWithoutAnOpinionIsFound()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).Do(new CompleteStep("review", StepOutcome.Rejected, null), Monday, Items.Handler);
        Assert.Equal(FindingKind.ResultWithoutReason, Assert.Single(file.State.Findings).Kind);
    }

    [Fact]
    public void TheLightOfAStepFollowsItsOwnClockWithoutACard()
    {
        // 3 working days from Monday end with Thursday; one is left after Wednesday.
        var file = CaseFile.Accepted(Items.ShopLicence, Monday).RunUntil("2026-03-05 00:00");
        Assert.Equal(Light.Warning, file.State.Step("review")!.Light);
        Assert.Equal(Light.Yellow, file.RunUntil("2026-03-06 00:00").State.Step("review")!.Light);
        Assert.Empty(file.Cards);
        var view = ApplicationView.Of(file.State, file.Calendar);
        Assert.Equal((StepStatus.Open, Times.EndOf("2026-03-05"), Light.Yellow), (view.Steps[0].State, view.Steps[0].DueAt!.Value, view.Steps[0].Light));
        Assert.Equal(Light.Green, view.Light);
    }

    [Fact]
    public void AStepWithoutALimitIsDueWithTheCase()
    {
        var file = CaseFile.Accepted(Items.Restaurant, Monday);
        var fumes = ApplicationView.Of(file.State, file.Calendar).Steps[2];
        Assert.Equal(file.Due(ClockKind.Committed), fumes.DueAt);
        Assert.Null(ApplicationView.Of(file.State, file.Calendar).Steps[3].DueAt);
    }

    private static void Complete(CaseFile file, string step, string department, string at) =>
        file.Do(new CompleteStep(step, StepOutcome.Approved, "o-" + step), at, Items.Of(department));
}
