using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Notices;
using OneStop.Domain.Supervision;
using OneStop.Domain.Tests.Processes;

namespace OneStop.Domain.Tests.Applications;

/// <summary>S3 and S4: the course and the content of cases that an outside system runs and reports.</summary>
public class InspectionTests
{
    // Market, fire and fumes side by side, then the head's approval.
    private static readonly ItemDefinition Joint = Items.Restaurant with
    {
        Materials = [new MaterialDefinition { Zh = "租赁合同", En = "Lease" }, new MaterialDefinition { Zh = "照片", En = "Photo", Required = false }],
        Fee = new FeeStandard("粤价", 1_000, new LocalizedText("件", "each")),
    };

    [Fact]
    public void ACourseByTheDefinitionIsFoundClean()
    {
        var file = Play(Joint, Accepted(), Step("market", 3), Step("fire", 3), Step("fumes", 4), Step("approval", 5, StepRole.Head), Approved(6));
        Assert.Empty(file.State.Findings);
    }

    [Fact]
    public void ASkippedStepIsFoundOnceByWhateverShouldHaveComeAfterIt() => Assert.Equal(
        ["skippedStep fire 5", "skippedStep fumes 5", "branchNotNotified fire 6", "branchNotNotified fumes 6"],
        Found(Play(Joint, Accepted(), Step("market", 3), Step("approval", 5, StepRole.Head), Approved(6))));

    [Fact]
    public void AnApprovalSkipsWhatIsLeftAndADenialDoesNot()
    {
        Assert.Equal(
            ["skippedStep approval 6", "skippedStep fire 6"],
            Found(Play(Joint, Accepted(), Step("market", 3), Notified("fire", 2), Step("fumes", 3), Approved(6))));
        Assert.Empty(Found(Play(Joint, Accepted(), Step("market", 3), Notified("fire", 2), Step("fumes", 3), Denied(6, basis: true))));
    }

    [Fact]
    public void ABranchThatNobodyWasToldOfIsFoundAtTheDecision() =>
        Assert.Equal(["branchNotNotified fire 6"], Found(Play(Joint, Accepted(), Step("market", 3), Step("fumes", 3), Denied(6, basis: true))));

    [Fact]
    public void AStepDoneAgainIsFoundUnlessTheProcessLeadsBackToIt()
    {
        Assert.Equal(["repeatedStep market 4"], Found(Play(Joint, Accepted(), Step("market", 3), Step("market", 4))));
        var loop = Bpmn.Item("start -> x1; x1 -> a; a -> x2; x2 -> x1 : outcome(a) = 'returned'; x2 -> end : default");
        Assert.Empty(Found(Play(loop, Accepted(), Step("a", 3), Step("a", 4))));
        Assert.Equal(["skippedStep a 6"], Found(Play(loop, Accepted(), Approved(6))));
    }

    [Fact]
    public void AHeadsStepDoneByAHandlerIsFoundAndAHandlersStepDoneByTheHeadIsNot() =>
        Assert.Equal(["personWithoutRole approval 5"], Found(Play(
            Joint, Accepted(), Step("market", 3, StepRole.Head), Step("fire", 3), Step("fumes", 3), Step("approval", 5), Approved(6))));

    [Fact]
    public void ContentIsHeldAgainstTheItem() => Assert.Equal(
        ["missingMaterial 租赁合同 2", "feeAgainstStandard charge 3", "secondSupplementRequest ask 4", "secondSupplementRequest ask 5", "refusalWithoutBasis deny 6"],
        Found(Play(
            Joint,
            Accepted() with { Materials = ["照片"] },
            Activity("charge", 3) with { FeeInFen = 1_200 },
            Activity("pay", 3) with { FeeInFen = 1_000 },
            Activity("ask", 1, Milestone.SupplementRequest),
            Activity("ask", 5, Milestone.SupplementRequest),
            Activity("ask", 4, Milestone.SupplementRequest),
            Notified("market", 3), Notified("fire", 3), Notified("fumes", 3),
            Denied(6, basis: false))).OrderBy(f => f[^1]));

    [Fact]
    public void WhatAReportDoesNotSayIsNotHeldAgainstIt() =>
        Assert.Empty(Found(Play(Joint with { Steps = [] }, Accepted(), Activity("deny", 6, Milestone.Denial) with { GivesReason = true })));

    [Fact]
    public void TheOrderOfReportsMakesNoDifference()
    {
        ReportedActivity[] facts = [Accepted(), Step("market", 3), Step("market", 4), Step("approval", 5), Approved(6)];
        Assert.Equal(Found(Play(Joint, facts)).Order(), Found(Play(Joint, [.. facts.Reverse()])).Order());
    }

    [Fact]
    public void TheRuleSaysWhatCountsWhatItCostsAndWhoIsTold()
    {
        var rule = TimeRule.Default with
        {
            Code = "strict",
            Version = 4,
            Inspection = new InspectionRule([new(FindingKind.RepeatedStep, 3, [Post.SupervisionOfficer]), new(FindingKind.FeeAgainstStandard, 2, [])]) { RepeatsAllowed = 1, FeeToleranceInFen = 200 },
        };
        var file = Play(
            Joint with { TimeRule = rule }, Accepted() with { Materials = [] }, Step("market", 3), Step("market", 4), Step("market", 5),
            Activity("charge", 3) with { FeeInFen = 1_200 }, Activity("overcharge", 3) with { FeeInFen = 1_201 });

        Assert.Equal(["repeatedStep market 5", "feeAgainstStandard overcharge 3"], Found(file));
        Assert.Equal([("strict", 4, 3), ("strict", 4, 2)], file.Events.OfType<FindingRecorded>().Select(e => (e.RuleCode, e.RuleVersion, e.Points)));
        Assert.Equal(["post/supervisionOfficer"], file.Events.OfType<PeopleTold>().SelectMany(t => t.To).Select(a => a.Key));
    }

    [Fact]
    public void ARuleOfInspectionWithANegativeLimitIsRefused() => Assert.Equal(
        ["/inspection/repeatsAllowed out-of-range", "/inspection/feeToleranceInFen out-of-range", "/inspection/findings/0/points out-of-range", "/inspection/findings/1 repeated"],
        (TimeRule.Default with
        {
            Inspection = new InspectionRule([new(FindingKind.SkippedStep, -1, []), new(FindingKind.SkippedStep, 1, [])]) { RepeatsAllowed = -1, FeeToleranceInFen = -1 },
        }).Validate().Select(f => $"{f.Pointer} {f.Code}"));

    private static CaseFile Play(ItemDefinition item, params ReportedActivity[] facts)
    {
        var file = new CaseFile { Book = new RuleBook(PublishedCalendars.China()) };
        file.Do(new ReportStart("C1", item, At(1)), At(20), Actor.System);
        foreach (var fact in facts)
            file.Do(new ReportActivity(fact), At(20), Actor.System);
        Assert.DoesNotContain(file.State.Findings, f => f.Kind is FindingKind.SkippedStep or FindingKind.BranchNotNotified);
        return file.Do(new ReportEnd(At(19)), At(20), Actor.System);
    }

    private static IEnumerable<string> Found(CaseFile file) => file.State.Findings.Select(f => $"{CamelCase.Of(f.Kind)} {f.Subject} {f.Time.Day}");

    private static DateTimeOffset At(int day) => Times.At($"2026-03-{day:00} 10:00");

    private static ReportedActivity Activity(string name, int day, Milestone milestone = Milestone.None) => new(At(day), name, null, null, milestone, false);

    private static ReportedActivity Accepted() => Activity("accept", 2, Milestone.Acceptance);

    private static ReportedActivity Approved(int day) => Activity("approve", day, Milestone.Approval);

    private static ReportedActivity Denied(int day, bool basis) => Activity("deny", day, Milestone.Denial) with { GivesReason = true, GivesBasis = basis };

    private static ReportedActivity Step(string step, int day, StepRole role = StepRole.Handler) => Activity(step, day) with { Step = step, Role = role };

    private static ReportedActivity Notified(string step, int day) => Activity("notify " + step, day, Milestone.Notification) with { Step = step };
}
