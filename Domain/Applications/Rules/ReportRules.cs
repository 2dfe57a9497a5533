using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Applications;

/// <summary>Facts that outside systems report: recorded always, whatever their order, and inspected (S2 to S4).</summary>
internal static class ReportRules
{
    public static OneStopException? Start(Deliberation d, ReportStart command)
    {
        if (Fault(d, command.Start, "/start") is { } refusal)
            return refusal;
        if (d.State.AcceptedAt is not null)
            return Refusals.WrongState("The start of this case was reported before.");
        var item = command.Deadline is { } deadline ? command.Item with { StatutoryLimit = new FixedInstant(deadline.ToMicroseconds()) } : command.Item;
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
        d.Record(new ActivityReported(d.At, d.By, command.Activity with { Time = command.Activity.Time.ToMicroseconds() }));
        Inspections.OfReports(d);
        return null;
    }

    public static OneStopException? End(Deliberation d, ReportEnd command)
    {
        if (Fault(d, command.End, "/end") is { } refusal)
            return refusal;
        d.Record(new EndReported(d.At, d.By, command.End.ToMicroseconds()));
        Inspections.OfReports(d);
        return null;
    }

    private static OneStopException? Fault(Deliberation d, DateTimeOffset time, string pointer)
    {
        if (!d.Actor.Is(Role.System) && !d.Actor.Is(Role.Admin))
            return Permissions.Refused("the system and administrators");
        if (d.State.ReceivedAt is not null)
            return Refusals.WrongState("This application is run here; nothing is reported to it from outside.");
        return time.Year is < 1900 or > 2999 ? Refusals.Validation(pointer, "out-of-range", "A time lies between the years 1900 and 2999.") : null;
    }
}
