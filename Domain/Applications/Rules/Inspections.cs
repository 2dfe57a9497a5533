using System.Collections.Immutable;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>Logic, process and content inspection of a case (S2 to S4), by the rule of its item.</summary>
internal static class Inspections
{
    /// <summary>Inspects what was reported of a case and records what was not found before.</summary>
    public static void OfReports(Deliberation d)
    {
        var found = LogicInspection.Inspect(d.State.AcceptedAt, d.State.ReportedEnd, d.State.Activities);
        if (d.State.Item is { } item)
        {
            found = found.AddRange(CourseInspection.Inspect(item, d.State.Activities, d.State.ReportedEnd is not null, item.TimeRule.Inspections))
                .AddRange(ContentInspection.Inspect(item, d.State.Activities, item.TimeRule.Inspections));
        }

        ImmutableArray<Finding> counted = [.. found.Where(finding => RuleOf(d).Inspections.Of(finding.Kind) is not null)];
        foreach (var finding in LogicInspection.New(d.State.Findings, counted))
            Record(d, Actor.System.User, finding);
    }

    /// <summary>Records a finding with the rule by which it counts, if it does, and tells those whom the rule names.</summary>
    public static void Record(Deliberation d, string by, Finding finding)
    {
        var rule = RuleOf(d);
        if (rule.Inspections.Of(finding.Kind) is not { } meaning)
            return;
        d.Record(new FindingRecorded(d.At, by, finding) { RuleCode = rule.Code, RuleVersion = rule.Version, Points = meaning.Points });
        if (d.State.Item is { } item)
            Tellings.Tell(d, NoticeKind.Found, null, null, Tellings.Audiences(d.State, item.Department, null, meaning.Tell));
    }

    // What comes before the start of a case is inspected before its item is known.
    private static TimeRule RuleOf(Deliberation d) => d.State.Item?.TimeRule ?? TimeRule.Default;
}
