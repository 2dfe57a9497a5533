using System.Collections.Immutable;

namespace OneStop.Domain.Supervision;

/// <summary>
/// Logic inspection (逻辑监察, S2) of what outside systems report: the facts may come in any order, the answer rests on
/// their times alone.
/// </summary>
public static class LogicInspection
{
    /// <summary>The subject of findings about a case as a whole.</summary>
    public const string WholeCase = "case";

    /// <summary>Every finding on a case as far as it is known.</summary>
    /// <param name="start">When it started; null when not reported yet.</param>
    /// <param name="end">When it ended; null when not reported yet.</param>
    /// <param name="activities">What was done, in the order of the reports.</param>
    /// <returns>The findings, one for each activity and fault, in a stable order.</returns>
    public static ImmutableArray<Finding> Inspect(DateTimeOffset? start, DateTimeOffset? end, ImmutableArray<ReportedActivity> activities)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (end < start)
            findings.Add(new(FindingKind.EndBeforeStart, WholeCase, end.Value));
        var acceptance = activities.Where(a => a.Milestone == Milestone.Acceptance).MinBy(a => a.Time);
        foreach (var activity in activities)
        {
            void Find(FindingKind kind) => findings.Add(new(kind, activity.Activity, activity.Time));
            if (activity.Time < start)
                Find(FindingKind.EventBeforeStart);
            if (activity.Time > end)
                Find(FindingKind.EventAfterEnd);
            if (activity.Milestone is Milestone.Approval or Milestone.Denial && acceptance is not null && activity.Time < acceptance.Time)
                Find(FindingKind.DecisionBeforeAcceptance);
            if (activity.Milestone == Milestone.Approval && activity.Resource is not null && activity.Resource == acceptance?.Resource)
                Find(FindingKind.SamePersonAcceptsAndApproves);
            if (activity is { Milestone: Milestone.Denial, GivesReason: false })
                Find(FindingKind.ResultWithoutReason);
        }

        return findings.ToImmutable();
    }

    /// <summary>The findings that are not recorded yet; equal ones are told apart by their number.</summary>
    public static ImmutableArray<Finding> New(ImmutableArray<Finding> recorded, ImmutableArray<Finding> found)
    {
        var open = new Dictionary<Finding, int>();
        foreach (var finding in recorded)
            open[finding] = open.GetValueOrDefault(finding) + 1;
        var news = ImmutableArray.CreateBuilder<Finding>();
        foreach (var finding in found)
        {
            if (open.GetValueOrDefault(finding) > 0)
                open[finding]--;
            else
                news.Add(finding);
        }

        return news.ToImmutable();
    }
}
