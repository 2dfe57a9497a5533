using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;
using OneStop.Domain.Tests.Applications;

namespace OneStop.Domain.Tests.Processes;

/// <summary>A5: conversion between kinds. A1: migration to another version.</summary>
public class ItemChangeTests
{
    private const string Monday = "2026-03-02 10:00";
    private const string Tuesday = "2026-03-03 10:00";
    private const string Two = "start -> a; a -> b; b -> end";
    private const string Three = "start -> a; a -> c; c -> b; b -> end";
    private const string Fork = "start -> a; a -> p1; p1 -> b; p1 -> c; b -> p2; c -> p2; p2 -> end";

    [Fact]
    public void AConvertedCaseBeginsTheOtherItemsStepsAndKeepsItsStart()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday);
        file.Do(new ConvertApplication(Items.Restaurant, [], "r"), Tuesday, Items.Handler);
        Assert.Equal(("restaurant-opening", ApplicationStatus.Handling), (file.State.Item!.Code, file.State.Status));
        Assert.Equal([StepStatus.Open, StepStatus.Open, StepStatus.Open, StepStatus.Waiting], file.State.Steps.Select(s => s.Status));
        Assert.Equal(Times.At(Monday), ApplicationClocks.Of(file.State).Single(c => c.Kind == ClockKind.Statutory).Start);
        Assert.Equal(Times.At(Tuesday), file.State.Step("fire")!.OpenedAt);
    }

    [Fact]
    public void AConversionBeforeAcceptanceWaitsForIt()
    {
        var file = CaseFile.Received(Items.MarriageRecord, Monday).Do(new ConvertApplication(Items.ShopLicence, [], "r"), Monday, Items.Clerk);
        Assert.Equal(ApplicationStatus.Received, file.State.Status);
        Assert.Equal(StepStatus.Open, file.Do(new AcceptApplication(), Tuesday, Items.Clerk).State.Step("review")!.Status);
    }

    [Fact]
    public void AConversionNeedsAnotherItemAndAReason()
    {
        var file = CaseFile.Accepted(Items.ShopLicence, Monday);
        Assert.Equal("validation", file.Refusal(new ConvertApplication(Items.ShopLicence, [], "r"), Monday, Items.Handler));
        Assert.Equal("validation", file.Refusal(new ConvertApplication(Items.Restaurant, [], null), Monday, Items.Handler));
        Assert.Equal("not-allowed", file.Refusal(new ConvertApplication(Items.Restaurant, [], "r"), Monday, Items.Of("tax")));
    }

    [Fact]
    public void CardsAreComputedAgainUnderTheOtherItem()
    {
        // Promise 1 working day: warned and yellow at once; the other item has 20.
        var hasty = Items.ShopLicence with { CommittedLimit = new WorkingDays(1), Steps = [] };
        var file = CaseFile.Accepted(hasty, Monday).RunUntil("2026-03-04 09:00");
        Assert.Equal(Light.Yellow, file.State.Light);
        file.Do(new ConvertApplication(Items.Restaurant, [], "r"), "2026-03-04 10:00", Items.Handler);
        Assert.Equal(Light.Green, file.State.Light);
        Assert.Equal(2, file.State.Cards.Count(c => !c.InForce));
    }

    [Fact]
    public void AMigratedCaseGoesOnWhereItStands()
    {
        var file = Done(Version(Two, 1), "a");
        file.Do(new MigrateApplication(Version(Three, 2), []), Tuesday, Items.Admin);
        Assert.Equal(2, file.State.Item!.Version);
        Assert.Equal([StepStatus.Done, StepStatus.Open, StepStatus.Waiting], new[] { "a", "c", "b" }.Select(s => file.State.Step(s)!.Status));
        Assert.Equal("step-lost", Fault(Done(Version(Two, 1), "a").Do(new ClaimStep("b"), Tuesday, Items.Handler), Version("start -> a; a -> c; c -> end", 2)));
    }

    [Fact]
    public void StepsThatANewVersionPutsBesideOpenWithIt()
    {
        var file = Done(Version(Two, 1), "a").Do(new ClaimStep("b"), Tuesday, Items.Handler);
        file.Do(new MigrateApplication(Version(Fork, 2), []), Tuesday, Items.Admin);
        Assert.Equal([StepStatus.Done, StepStatus.Claimed, StepStatus.Open], new[] { "a", "b", "c" }.Select(s => file.State.Step(s)!.Status));
        file.Do(new CompleteStep("b", StepOutcome.Approved, "o"), Tuesday, Items.Handler);
        Assert.False(file.State.IsReadyForDecision);
        Assert.True(file.Do(new CompleteStep("c", StepOutcome.Approved, "o"), Tuesday, Items.Handler).State.IsReadyForDecision);
    }

    [Fact]
    public void AStagedCaseMigratesToAProcess()
    {
        var staged = Version(Two, 1) with { Process = null };
        var file = Done(staged, "a");
        Assert.Equal(StepStatus.Open, file.State.Step("b")!.Status);
        file.Do(new MigrateApplication(Version(Two, 2), []), Tuesday, Items.Admin);
        Assert.True(file.Do(new CompleteStep("b", StepOutcome.Approved, "o"), Tuesday, Items.Handler).State.IsReadyForDecision);
    }

    [Fact]
    public void ADryRunNamesWhatWouldMove()
    {
        var file = Done(Version(Two, 1), "a");
        var next = Version(Fork, 2) with { CommittedLimit = new WorkingDays(10) };
        var decision = ApplicationRules.Decide(file.State, new MigrateApplication(next, []), Items.Admin, file.Book, Times.At(Tuesday));
        var after = decision.OrThrow().Aggregate(file.State, (state, e) => state.Evolve(e));
        var report = MigrationReport.Of(file.State, after, file.Calendar, dryRun: true);
        Assert.Equal((1, 2, "c"), (report.FromVersion, report.ToVersion, string.Join(',', report.Opened)));
        var moved = Assert.Single(report.Deadlines);
        Assert.Equal((ClockKind.Committed, Times.EndOf("2026-03-11"), Times.EndOf("2026-03-16")), (moved.Clock, moved.Before!.Value, moved.After!.Value));
    }

    [Fact]
    public void OnlyAdministratorsMigrateAndOnlyToAnotherVersionOfTheItem()
    {
        var file = Done(Version(Two, 1), "a");
        Assert.Equal("not-allowed", file.Refusal(new MigrateApplication(Version(Three, 2), []), Tuesday, Items.Head));
        Assert.Equal("same-version", file.Refusal(new MigrateApplication(Version(Three, 1), []), Tuesday, Items.Admin));
        Assert.Equal("validation", file.Refusal(new MigrateApplication(Items.Restaurant with { Version = 2 }, []), Tuesday, Items.Admin));
    }

    private static ItemDefinition Version(string lines, int version) => Bpmn.Item(lines) with { Version = version };

    private static CaseFile Done(ItemDefinition item, string step) =>
        CaseFile.Accepted(item, Monday).Do(new CompleteStep(step, StepOutcome.Approved, "o"), Monday, Items.Handler);

    private static string Fault(CaseFile file, ItemDefinition item) =>
        Assert.Single(ApplicationRules.Decide(file.State, new MigrateApplication(item, []), Items.Admin, file.Book, Times.At(Tuesday)).Refusal!.Faults).Code;
}
