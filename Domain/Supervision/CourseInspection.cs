using System.Collections.Immutable;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Supervision;

/// <summary>
/// Process inspection (流程监察, S3) of what outside systems report: the steps done, held against the definition. What is
/// missing is looked for once the end is reported: until then it may just not have been reported yet.
/// </summary>
public static class CourseInspection
{
    /// <summary>Every finding on a case as far as it is known.</summary>
    /// <param name="item">Its item.</param>
    /// <param name="activities">What was done.</param>
    /// <param name="ended">Whether its end is reported.</param>
    /// <param name="rule">What counts.</param>
    public static ImmutableArray<Finding> Inspect(
        ItemDefinition item, ImmutableArray<ReportedActivity> activities, bool ended, InspectionRule rule)
    {
        if (item.Steps.IsEmpty)
            return [];
        var done = activities.Where(a => a.Milestone != Milestone.Notification && item.Steps.Any(s => s.Id == a.Step)).OrderBy(a => a.Time).ToList();
        return
        [
            .. ended ? Skipped(item, done, activities) : [],
            .. Repeated(item, done, rule),
            .. WithoutRole(item, done),
            .. ended ? NeverNotified(item, activities) : [],
        ];
    }

    // A step is missed once, by the first step that should have come after it, or by the approval at the end.
    private static IEnumerable<Finding> Skipped(ItemDefinition item, List<ReportedActivity> done, ImmutableArray<ReportedActivity> activities)
    {
        var required = RequiredSteps.Of(item.Graph);
        var ends = item.Graph.Nodes.Where(n => n.Kind == Processes.NodeKind.End).Select(n => required[n.Id]).Aggregate((one, other) => one.Intersect(other));
        var reached = done.Select(a => (a.Time, Before: required[a.Step!]))
            .Concat(activities.Where(a => a.Milestone == Milestone.Approval).Select(a => (a.Time, Before: ends))).OrderBy(r => r.Time);
        var missed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (time, before) in reached)
            foreach (var step in before.Order(StringComparer.Ordinal))
                if (!done.Exists(a => a.Step == step && a.Time <= time) && missed.Add(step))
                    yield return new(FindingKind.SkippedStep, step, time);
    }

    private static IEnumerable<Finding> Repeated(ItemDefinition item, List<ReportedActivity> done, InspectionRule rule) => done
        .GroupBy(a => a.Step!).Where(step => !RequiredSteps.IsInLoop(item.Graph, step.Key))
        .SelectMany(step => step.Skip(1 + rule.RepeatsAllowed).Select(a => new Finding(FindingKind.RepeatedStep, step.Key, a.Time)));

    private static IEnumerable<Finding> WithoutRole(ItemDefinition item, List<ReportedActivity> done) =>
        from activity in done
        let step = item.Steps.First(s => s.Id == activity.Step)
        where activity.Role is { } role && !Allows(step.Role, role)
        select new Finding(FindingKind.PersonWithoutRole, step.Id, activity.Time);

    // Whoever works on a branch knows of it, told or not.
    private static IEnumerable<Finding> NeverNotified(ItemDefinition item, ImmutableArray<ReportedActivity> activities)
    {
        var decision = activities.Where(a => a.Milestone is Milestone.Approval or Milestone.Denial).MinBy(a => a.Time);
        if (decision is null)
            return [];
        return RequiredSteps.Branches(item.Graph).Where(step => !activities.Any(a => a.Step == step && a.Time <= decision.Time))
            .Select(step => new Finding(FindingKind.BranchNotNotified, step, decision.Time));
    }

    // The head may do what the handler may, and both what the clerk may.
    private static bool Allows(StepRole wanted, StepRole given) => wanted switch
    {
        StepRole.Head => given == StepRole.Head,
        StepRole.Handler => given is StepRole.Handler or StepRole.Head,
        _ => true,
    };
}
