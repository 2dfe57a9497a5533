namespace OneStop.Domain.Applications;

/// <summary>Special procedures, which are not counted (article 45).</summary>
internal static class ProcedureRules
{
    private const int LongestDays = 1000;
    private const string Staff = "handlers and heads of a department involved";

    public static OneStopException? Suspend(Deliberation d, SuspendApplication command)
    {
        if (!d.MayWork())
            return Permissions.Refused(Staff);
        if (d.State.Status is not (ApplicationStatus.Accepted or ApplicationStatus.Handling))
            return d.WrongState("accepted or handling");
        var from = command.From?.ToMicroseconds() ?? d.At;
        if (Fault(d, command.Procedure, command.Days, from, d.At) is { } refusal)
            return refusal;
        d.Record(new ApplicationSuspended(d.At, d.By, command.Procedure, command.Days, from));
        return null;
    }

    public static OneStopException? Resume(Deliberation d)
    {
        if (!d.MayWork())
            return Permissions.Refused(Staff);
        if (d.State.Status != ApplicationStatus.Suspended)
            return d.WrongState("suspended");
        d.Record(new ApplicationResumed(d.At, d.By));
        return null;
    }

    public static OneStopException? Enter(Deliberation d, RecordSuspension command)
    {
        if ((d.State.IsReported ? ReportRules.MayReport(d) : MayEnter(d)) is { } refused)
            return refused;
        if (d.State.AcceptedAt is null)
            return d.WrongState("accepted");
        if (Fault(d, command.Procedure, command.Days, command.From, command.To) is { } refusal)
            return refusal;
        var entered = new SuspensionRecorded(d.At, d.By, command.Procedure, command.Days, command.From.ToMicroseconds(), command.To.ToMicroseconds());
        if (!ReportRules.IsRepeated(d, d.State.Procedures.Contains(new(entered.Procedure, entered.Days, entered.From, entered.To))))
            d.Record(entered);
        return null;
    }

    private static OneStopException? MayEnter(Deliberation d) =>
        d.MayWork() || d.Actor.Is(Role.Officer) ? null : Permissions.Refused(Staff + ", and supervision officers,");

    private static OneStopException? Fault(Deliberation d, SpecialProcedure procedure, int days, DateTimeOffset from, DateTimeOffset to)
    {
        if (!Enum.IsDefined(procedure))
            return Refusals.Validation("/procedure", "unknown-procedure", "Name one of the special procedures of article 45.");
        if (days is < 1 or > LongestDays)
            return Refusals.Validation("/days", "out-of-range", $"Announce 1 to {LongestDays} working days.");
        if (from < d.State.AcceptedAt || from > d.At)
            return Refusals.Validation("/from", "out-of-range", "A special procedure begins after acceptance and not in the future.");
        return to < from || to > d.At
            ? Refusals.Validation("/to", "out-of-range", "A special procedure ends after it began and not in the future.")
            : null;
    }
}
