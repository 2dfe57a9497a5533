using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>Facts that outside systems report: recorded always, whatever their order, and inspected (S2 to S4).</summary>
internal static class ReportRules
{
    private const int FirstYear = 1980;

    public static OneStopException? Start(Deliberation d, ReportStart command)
    {
        if (Fault(d, command.Start, "/start") is { } refusal)
            return refusal;
        var deadline = command.Deadline is { } set ? new FixedInstant(set.ToMicroseconds()) : null;
        if (deadline?.Fault is { } fault)
            return Refusals.Validation("/deadline", "out-of-range", fault);
        // A promise in working days cannot be held against a deadline that somebody else has set.
        var item = deadline is null ? command.Item : command.Item with { StatutoryLimit = deadline, CommittedLimit = null };
        if (IsRepeated(d, d.State.AcceptedAt == command.Start.ToMicroseconds() && IsSame(d.State.Item, item.Code, deadline)))
            return null;
        if (d.State.AcceptedAt is not null)
            return Refusals.WrongState("The start of this case was reported before.");
        var faults = item.Validate();
        if (string.IsNullOrWhiteSpace(command.Number))
            faults = faults.Add(new("/number", "required", "A case needs its number."));
        if (item.Calendar != d.Calendar.Code)
            faults = faults.Add(new("/calendar", "wrong-calendar", $"The item counts by calendar {item.Calendar}."));
        if (!faults.IsEmpty)
            return Refusals.Validation(faults.AsSpan());
        d.Record(new StartReported(d.At, d.By, command.Number, item, command.Start.ToMicroseconds()) { CalendarVersion = d.Calendar.Version });
        Inspections.OfReports(d);
        return null;
    }

    public static OneStopException? Activity(Deliberation d, ReportActivity command)
    {
        if (Fault(d, command.Activity.Time, "/time") is { } refusal)
            return refusal;
        if (string.IsNullOrWhiteSpace(command.Activity.Activity))
            return Permissions.Required("/activity", "Say what was done.");
        var activity = command.Activity with { Time = command.Activity.Time.ToMicroseconds() };
        if (IsRepeated(d, d.State.Activities.Any(known => IsSame(known, activity))))
            return null;
        d.Record(new ActivityReported(d.At, d.By, activity));
        Inspections.OfReports(d);
        return null;
    }

    public static OneStopException? End(Deliberation d, ReportEnd command)
    {
        if (Fault(d, command.End, "/end") is { } refusal)
            return refusal;
        if (IsRepeated(d, d.State.ReportedEnd == command.End.ToMicroseconds()))
            return null;
        d.Record(new EndReported(d.At, d.By, command.End.ToMicroseconds()));
        Inspections.OfReports(d);
        return null;
    }

    /// <summary>Why nothing may be reported to this case; null when it may.</summary>
    public static OneStopException? MayReport(Deliberation d) =>
        d.Actor.Is(Role.System) || d.Actor.Is(Role.Admin) || d.Actor.Is(Role.Officer) ? null : Permissions.Refused("administrators and supervision officers");

    /// <summary>
    /// Whether a caller says once more what it has said before, which then changes nothing. A log's own lines are a fact each.
    /// </summary>
    public static bool IsRepeated(Deliberation d, bool isSame) => isSame && !d.Actor.Is(Role.System);

    private static OneStopException? Fault(Deliberation d, DateTimeOffset time, string pointer)
    {
        if (MayReport(d) is { } refusal)
            return refusal;
        if (d.State.ReceivedAt is not null)
            return Refusals.WrongState("This application is run here; nothing is reported to it from outside.");
        if (d.Actor.Is(Role.System))
            return time.Year is < 1900 or > 2999 ? Refusals.Validation(pointer, "out-of-range", "A time lies between the years 1900 and 2999.") : null;
        return time.Year < FirstYear || time > d.At
            ? Refusals.Validation(pointer, "out-of-range", $"What is reported has happened: not before the year {FirstYear} and not in the future.")
            : null;
    }

    // The item may have got another version since; the deadline of the case is what was reported.
    private static bool IsSame(ItemDefinition? known, string item, FixedInstant? deadline) =>
        known?.Code == item && known.StatutoryLimit as FixedInstant == deadline;

    // Lists are equal when they say the same.
    private static bool IsSame(ReportedActivity one, ReportedActivity other) =>
        one with { Materials = null } == other with { Materials = null } && (one.Materials ?? []).SequenceEqual(other.Materials ?? []);
}
