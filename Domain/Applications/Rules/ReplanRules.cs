using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>What a changed calendar or time rule does to the deadlines and cards of a case (A11, S5).</summary>
internal static class ReplanRules
{
    /// <summary>
    /// Plans a case again when another version of its calendar is in force than it was planned by. Every decision begins with it, so
    /// that what follows from the change stands in the record behind the change itself.
    /// </summary>
    public static void Follow(Deliberation d, string by)
    {
        if (d.Book.Previous is not { } previous || d.State.Item is null || d.State.IsClosed || d.State.CalendarVersion == d.Calendar.Version)
            return;
        var changes = DeadlineChanges.Between(d.State, previous, d.State, d.Calendar);
        d.Record(new DeadlinesReplanned(d.At, by, d.Calendar.Code, d.Calendar.Version, changes));
    }

    public static OneStopException? Replan(Deliberation d) => IsAdministration(d) ? null : Permissions.Refused("administrators");

    public static OneStopException? ChangeTimeRule(Deliberation d, TimeRule rule)
    {
        if (!IsAdministration(d))
            return Permissions.Refused("administrators");
        if (d.State.IsClosed)
            return d.WrongState("open");
        var faults = rule.Validate();
        if (!faults.IsEmpty)
            return Refusals.Validation(faults.AsSpan());
        var known = d.State.Item!.TimeRule;
        if ((known.Code, known.Version) != (rule.Code, rule.Version))
            d.Record(new TimeRuleChanged(d.At, d.By, rule));
        return null;
    }

    private static bool IsAdministration(Deliberation d) => d.Actor.Is(Role.Admin) || d.Actor.Is(Role.System);
}
