using OneStop.Domain.Catalogue;
using OneStop.Domain.Licences;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>Extension (article 42), withdrawal, decision and its delivery (article 44).</summary>
internal static class DecisionRules
{
    private static readonly ApplicationStatus[] Undecided =
    [
        ApplicationStatus.Received, ApplicationStatus.Correcting, ApplicationStatus.Accepted, ApplicationStatus.Handling, ApplicationStatus.Suspended,
    ];

    public static OneStopException? Extend(Deliberation d, ExtendApplication command)
    {
        if (!d.Actor.Heads(d.State.Item?.Department ?? ""))
            return Permissions.Refused("the head of the department in charge");
        if (d.State.ExtensionWorkingDays > 0)
            return Refusals.Conflict("already-extended", "The time limit is extended once only (article 42).");
        if (d.State.Status is not (ApplicationStatus.Accepted or ApplicationStatus.Handling or ApplicationStatus.Suspended) || d.State.IsReported)
            return d.WrongState("accepted, handling or suspended");
        if (d.State.Item!.ExtensionWorkingDays == 0)
            return Refusals.WrongState("This item cannot be extended.");
        if (string.IsNullOrWhiteSpace(command.ReasonReference))
            return Permissions.Required("/reason", "The applicant is told why (article 42).");
        var statutory = d.Clocks.Single(c => c.Kind == ClockKind.Statutory);
        if (statutory.On(d.Calendar).DueAt is { } due && due < d.At)
            return Refusals.Conflict("deadline-passed", "The statutory limit is over; it can only be extended before.");
        d.Record(new ApplicationExtended(d.At, d.By, d.State.Item.ExtensionWorkingDays, command.ReasonReference));
        return null;
    }

    public static OneStopException? Withdraw(Deliberation d)
    {
        if (!d.MayTakeIn() && !d.Actor.Is(Role.Applicant))
            return Permissions.Refused("the applicant, clerks and the staff of a department involved");
        if (!Undecided.Contains(d.State.Status) || d.State.IsReported)
            return d.WrongState("undecided");
        d.Record(new ApplicationWithdrawn(d.At, d.By));
        return null;
    }

    public static OneStopException? Decide(Deliberation d, DecideApplication command)
    {
        if (!d.Actor.Works(d.State.Item?.Department ?? ""))
            return Permissions.Refused("handlers and the head of the department in charge");
        if (d.State.Status is not (ApplicationStatus.Accepted or ApplicationStatus.Handling) || d.State.IsReported)
            return d.WrongState("accepted or handling");
        if (command.Outcome == ApplicationOutcome.Denied && string.IsNullOrWhiteSpace(command.ReasonReference))
            return Permissions.Required("/reason", "A denial gives its reason.");
        if (!d.State.IsReadyForDecision)
            return Refusals.Conflict("steps-open", "Steps of this application are not complete; complete them first.");
        if (command.Outcome == ApplicationOutcome.Granted && d.State.IsVetoed)
            return Refusals.Conflict("step-rejected", "A step was rejected; the application can only be denied.");
        if (command.Outcome == ApplicationOutcome.Granted && FeeRules.Waits(d, FeeGate.Decision) is { } unpaid)
            return unpaid;
        d.Record(new ApplicationDecided(d.At, d.By, command.Outcome, command.ReasonReference));
        if (command.Outcome == ApplicationOutcome.Granted && d.State.Item!.Licence is { } licence)
            d.Record(new LicenceGranted(
                d.At, d.By, LicenceTerms.NumberOf(d.State), LicenceTerms.FirstEnd(d.Calendar, d.At, licence.ValidMonths),
                LicenceTerms.FirstEnd(d.Calendar, d.At, licence.InspectionMonths)));
        // An instant item is meant to be accepted and decided by one person at the window.
        if (command.Outcome == ApplicationOutcome.Granted && d.State.AcceptedBy == d.By && d.State.Item!.Kind != ItemKind.Instant)
            Inspections.Record(d, d.By, new(FindingKind.SamePersonAcceptsAndApproves, LogicInspection.WholeCase, d.At));
        return null;
    }

    public static OneStopException? Deliver(Deliberation d)
    {
        if (!d.MayTakeIn())
            return Permissions.Refused("clerks and the staff of a department involved");
        if (d.State.Status != ApplicationStatus.Decided)
            return d.WrongState("decided");
        if (d.State.Outcome == ApplicationOutcome.Granted && FeeRules.Waits(d, FeeGate.Delivery) is { } unpaid)
            return unpaid;
        d.Record(new ApplicationDelivered(d.At, d.By));
        return null;
    }
}
