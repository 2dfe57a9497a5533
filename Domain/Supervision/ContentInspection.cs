using System.Collections.Immutable;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Supervision;

/// <summary>
/// Content inspection (内容监察, S4) of what outside systems report. What a report does not say is not held against it:
/// many systems send times alone.
/// </summary>
public static class ContentInspection
{
    /// <summary>Every finding on a case as far as it is known.</summary>
    /// <param name="item">Its item.</param>
    /// <param name="activities">What was done.</param>
    /// <param name="rule">What counts.</param>
    public static ImmutableArray<Finding> Inspect(ItemDefinition item, ImmutableArray<ReportedActivity> activities, InspectionRule rule)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var acceptance = activities.Where(a => a.Milestone == Milestone.Acceptance).MinBy(a => a.Time);
        if (acceptance?.Materials is { } materials)
            foreach (var missing in item.Materials.Where(m => m.Required && !materials.Contains(m.Zh) && !materials.Contains(m.En)))
                findings.Add(new(FindingKind.MissingMaterial, missing.Zh, acceptance.Time));
        foreach (var charge in activities.Where(a => a.FeeInFen is { } fee && Math.Abs(fee - (item.Fee?.AmountInFen ?? 0)) > rule.FeeToleranceInFen))
            findings.Add(new(FindingKind.FeeAgainstStandard, charge.Activity, charge.Time));
        foreach (var refusal in activities.Where(a => a is { Milestone: Milestone.Denial, GivesBasis: false }))
            findings.Add(new(FindingKind.RefusalWithoutBasis, refusal.Activity, refusal.Time));
        foreach (var again in activities.Where(a => a.Milestone == Milestone.SupplementRequest).OrderBy(a => a.Time).Skip(1))
            findings.Add(new(FindingKind.SecondSupplementRequest, again.Activity, again.Time));
        return findings.ToImmutable();
    }
}
