using OneStop.Domain.Applications;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Tests.Applications;

namespace OneStop.Grains.Tests.Supervision;

/// <summary>S2 to S4 through the grains: what an outside system reports is inspected and listed with the rule by which it counts.</summary>
public sealed class FindingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task FindingsOfAReportedCaseAreListedByCaseAndKindInPages()
    {
        await using var town = await TestTown.StartAsync();
        await ReportAsync(town, new ReportStart("E1", TownDefinitions.Restaurant, Start));
        await ReportAsync(town, Done("licence", 1));
        await ReportAsync(town, Done("licence", 2));
        await ReportAsync(town, Done("approval", 3));
        await ReportAsync(town, new ReportEnd(Start.AddDays(4)));

        var records = town.Grains.GetGrain<IRecordsGrain>(IRecordsGrain.Key);
        var first = await records.Findings(new FindingQuestion("E1", null, null, 2));
        var rest = await records.Findings(new FindingQuestion("E1", null, first[^1].Id, 10));
        Assert.Equal(
            [(FindingKind.RepeatedStep, "licence"), (FindingKind.PersonWithoutRole, "approval"), (FindingKind.SkippedStep, "fire"), (FindingKind.SkippedStep, "fumes")],
            first.Concat(rest).Select(finding => (finding.Kind, finding.Subject)));
        Assert.All(first.Concat(rest), finding => Assert.Equal(("default", 1, 1), (finding.RuleCode, finding.RuleVersion, finding.Points)));
        Assert.Equal(2, (await records.Findings(new FindingQuestion(null, FindingKind.SkippedStep, null, 10))).Length);
        Assert.Empty(await records.Findings(new FindingQuestion("E2", null, null, 10)));
    }

    private static Task ReportAsync(TestTown town, ApplicationCommand fact) => town.Case("E1").Report(Command.By("system"), fact);

    private static ReportActivity Done(string step, int days) => new(
        new ReportedActivity(Start.AddDays(days), step, null, null, Milestone.None, false) { Step = step, Role = Domain.Catalogue.StepRole.Handler });
}
