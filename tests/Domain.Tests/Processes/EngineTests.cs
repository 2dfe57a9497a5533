using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;
using OneStop.Domain.Tests.Applications;

namespace OneStop.Domain.Tests.Processes;

/// <summary>A2, A8: a case runs by its process.</summary>
public class EngineTests
{
    private const string Monday = "2026-03-02 10:00";
    private const string Tuesday = "2026-03-03 10:00";
    private const string Wednesday = "2026-03-04 10:00";
    private const string Joint = "start -> p1; p1 -> fire; p1 -> fumes; fire -> p2; fumes -> p2; p2 -> conclude; conclude -> end";
    private const string Loop = "start -> draft; draft -> review; review -> x1; x1 -> draft : outcome(review) = 'returned'; x1 -> end : default";

    [Fact]
    public void BranchesOpenTogetherAndJoin()
    {
        var file = Accepted(Joint);
        Assert.Equal("fire open, fumes open, conclude waiting", Steps(file));
        Complete(file, "fire", Tuesday);
        Assert.Equal("fire done, fumes open, conclude waiting", Steps(file));
        Complete(file, "fumes", Wednesday);
        Assert.Equal("fire done, fumes done, conclude open", Steps(file));
        Assert.Equal("steps-open", file.Refusal(new DecideApplication(ApplicationOutcome.Granted, null), Wednesday, Items.Head));
        Complete(file, "conclude", Wednesday).Do(new DecideApplication(ApplicationOutcome.Granted, null), Wednesday, Items.Head);
        Assert.Equal(ApplicationStatus.Decided, file.State.Status);
    }

    [Fact]
    public void TheFormSaysWhichWayIsTaken()
    {
        const string choice = "start -> x1; x1 -> large : form.area > 50; x1 -> small : default; small -> end; large -> end";
        var item = Bpmn.Item(choice);
        var small = Accepted(choice);
        Assert.Equal("large waiting, small open", Steps(small));
        var file = new CaseFile();
        file.Do(new ReceiveApplication("A1", "R1", item, Channel.Desk, []) { FormAnswers = ["form.area > 50"] }, Monday, Actor.Public)
            .Do(new AcceptApplication(), Monday, Items.Clerk);
        Assert.Equal("large open, small waiting", Steps(file));
        Complete(file, "large", Tuesday).Do(new DecideApplication(ApplicationOutcome.Granted, null), Tuesday, Items.Head);
    }

    [Fact]
    public void AStepThatIsDoneAgainHasAClockOfItsOwn()
    {
        var file = Accepted(Loop, _ => "onestop:limit=\"3\"");
        Complete(file, "draft", Tuesday);
        file.Do(new CompleteStep("review", StepOutcome.Returned, "o"), Wednesday, Items.Handler);
        Assert.False(file.State.IsVetoed);
        Assert.Equal("draft open, review done", Steps(file));
        var clocks = ApplicationClocks.Of(file.State).Where(c => c.Kind == ClockKind.Step).ToList();
        Assert.Equal(["draft", "draft#2", "review"], clocks.Select(c => c.Subject));
        Assert.Equal((Times.At(Monday), (DateTimeOffset?)Times.At(Tuesday)), (clocks[0].Start, clocks[0].StoppedAt));
        Assert.Equal((Times.At(Wednesday), null), (clocks[1].Start, clocks[1].StoppedAt));
        Complete(file, "draft", Wednesday);
        Assert.Equal("draft done, review open", Steps(file));
        Complete(file, "review", Wednesday);
        Assert.True(file.State.IsReadyForDecision);
        Assert.Equal([StepOutcome.Returned], file.State.Step("review")!.Earlier.Select(r => r.Outcome!.Value));
    }

    [Fact]
    public void TheLightOfTheSecondRunFollowsItsOwnClock()
    {
        var file = Accepted(Loop, _ => "onestop:limit=\"3\"").RunUntil("2026-03-06 09:00");
        Assert.Equal(Light.Yellow, file.State.Step("draft")!.Light);
        Complete(file, "draft", "2026-03-06 10:00");
        file.Do(new CompleteStep("review", StepOutcome.Returned, "o"), "2026-03-06 11:00", Items.Handler);
        Assert.Equal((Light.Green, Light.Yellow), (file.State.Step("draft")!.Light, file.State.Step("draft")!.Earlier[0].Light));
        file.RunUntil("2026-03-12 09:00");
        Assert.Equal(Light.Yellow, file.State.Step("draft")!.Light);
    }

    [Fact]
    public void AVetoHoldsWhatFollowsUntilItIsTakenBack()
    {
        var file = Accepted(Joint);
        file.Do(new CompleteStep("fire", StepOutcome.Rejected, "o"), Tuesday, Items.Handler);
        Complete(file, "fumes", Tuesday);
        Assert.True(file.State is { IsVetoed: true, IsReadyForDecision: true });
        Assert.Equal("step-rejected", file.Refusal(new DecideApplication(ApplicationOutcome.Granted, null), Tuesday, Items.Head));
        file.Do(new ReturnStep("fire", "r"), Tuesday, Items.Handler);
        Assert.Equal("fire open, fumes done, conclude waiting", Steps(file));
        Complete(file, "fire", Wednesday);
        Assert.Equal("fire done, fumes done, conclude open", Steps(file));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OneBranchGoesBackAndTheOthersKeepOn(bool staged)
    {
        var file = staged ? CaseFile.Accepted(Staged, Monday) : Accepted(Joint, _ => "onestop:limit=\"3\"");
        Complete(Complete(file, "fire", Tuesday), "fumes", Wednesday);
        var fumes = file.State.Step("fumes");
        file.Do(new ReturnStep("fire", "r"), "2026-03-05 10:00", Items.Handler);
        Assert.Equal("fire open, fumes done, conclude waiting", Steps(file));
        Assert.Equal(fumes, file.State.Step("fumes"));
        Assert.Equal(["fire", "fire#2", "fumes", "conclude"], ApplicationClocks.Of(file.State).Where(c => c.Kind == ClockKind.Step).Select(c => c.Subject));
        Assert.Equal(Times.At("2026-03-05 10:00"), ApplicationClocks.Of(file.State).Single(c => c.Subject == "conclude").StoppedAt);
        Complete(file, "fire", "2026-03-06 10:00");
        Assert.Equal("fire done, fumes done, conclude open", Steps(file));
        Assert.Equal("conclude#2", ApplicationClocks.Of(file.State).Last(c => c.Kind == ClockKind.Step).Subject);
        Assert.True(Complete(file, "conclude", "2026-03-06 10:00").State.IsReadyForDecision);
    }

    [Fact]
    public void ABranchThatWaitsForTheOthersCanGoBack()
    {
        var file = Complete(Accepted(Joint), "fire", Tuesday).Do(new ClaimStep("fumes"), Tuesday, Items.Colleague);
        file.Do(new ReturnStep("fire", "r"), Wednesday, Items.Handler);
        Assert.Equal("fire open, fumes claimed, conclude waiting", Steps(file));
        Complete(file, "fire", Wednesday).Do(new CompleteStep("fumes", StepOutcome.Approved, "o"), Wednesday, Items.Colleague);
        Assert.Equal("fire done, fumes done, conclude open", Steps(file));
    }

    [Fact]
    public void AStepThatRunsGoesBackToTheOneBefore()
    {
        var file = Complete(Accepted(Loop), "draft", Tuesday).Do(new ReturnStep("review", "r"), Wednesday, Items.Handler);
        Assert.Equal("draft open, review waiting", Steps(file));
    }

    [Fact]
    public void WhatCannotGoBackSaysSo()
    {
        var file = Accepted(Joint);
        Assert.Equal("wrong-state", file.Refusal(new ReturnStep("fire", "r"), Monday, Items.Handler));
        Assert.Equal("wrong-state", file.Refusal(new ReturnStep("conclude", "r"), Monday, Items.Handler));
        Assert.Equal("unknown-step", file.Refusal(new ReturnStep("dance", "r"), Monday, Items.Handler));
        Assert.Equal("not-allowed", file.Refusal(new ReturnStep("fire", "r"), Monday, Items.Of("tax")));
        Complete(file, "fire", Tuesday);
        Assert.Equal("validation", file.Refusal(new ReturnStep("fire", null), Tuesday, Items.Handler));
        Complete(Complete(file, "fumes", Tuesday), "conclude", Tuesday);
        Assert.Equal("wrong-state", file.Refusal(new ReturnStep("fire", "r"), Tuesday, Items.Handler));
    }

    [Fact]
    public void AStepIsHandedToAColleagueWhoMayDoIt()
    {
        var file = Accepted(Joint).Do(new ClaimStep("fire"), Monday, Items.Handler);
        Assert.Equal("validation", file.Refusal(new DelegateStep("fire", Items.Of("tax")), Monday, Items.Handler));
        Assert.Equal("not-allowed", file.Refusal(new DelegateStep("fire", Items.Colleague), Monday, Items.Colleague));
        file.Do(new DelegateStep("fire", Items.Colleague), Monday, Items.Handler);
        Assert.Equal(Items.Colleague.User, file.State.Step("fire")!.Person);
        Assert.Equal("already-claimed", file.Refusal(new CompleteStep("fire", StepOutcome.Approved, "o"), Monday, Items.Handler));
        file.Do(new DelegateStep("fire", Items.Handler), Monday, Items.Head);
        Assert.Equal(Items.Handler.User, file.State.Step("fire")!.Person);
    }

    // What was recorded before there were processes replays to the same case.
    [Fact]
    public void AStagedCaseIsRecordedAsItAlwaysWas()
    {
        var file = CaseFile.Accepted(Staged, Monday);
        Complete(Complete(file, "fire", Tuesday), "fumes", Tuesday);
        Assert.Equal(["StageOpened 1 fire,fumes", "StageOpened 2 conclude"], file.Events.OfType<StageOpened>().Select(e => $"StageOpened {e.Stage} {string.Join(',', e.Steps)}"));
        Assert.DoesNotContain(file.Events, e => e is TokensMoved);
        Assert.Empty(file.State.Tokens);
    }

    private static ItemDefinition Staged { get; } = Items.ShopLicence with
    {
        Steps =
        [
            .. new[] { ("fire", 1), ("fumes", 1), ("conclude", 2) }.Select(s =>
                new StepDefinition(s.Item1, new(s.Item1, s.Item1), "market", StepRole.Handler, new WorkingDays(3), s.Item2)),
        ],
    };

    private static CaseFile Accepted(string lines, Func<string, string>? attributes = null) => CaseFile.Accepted(Bpmn.Item(lines, attributes), Monday);

    private static CaseFile Complete(CaseFile file, string step, string at) => file.Do(new CompleteStep(step, StepOutcome.Approved, "o"), at, Items.Handler);

    private static string Steps(CaseFile file) => string.Join(", ", file.State.Steps.Select(s => $"{s.Id} {CamelCase.Of(s.Status)}"));
}
