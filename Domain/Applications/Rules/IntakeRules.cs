using System.Collections.Immutable;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Applications;

/// <summary>From receipt to acceptance (article 32, A6).</summary>
internal static class IntakeRules
{
    private const int MostMissing = 100;
    private const int LongestName = 200;
    private const string IntakeStaff = "clerks and the staff of a department involved";

    public static OneStopException? Receive(Deliberation d, ReceiveApplication command)
    {
        if (d.State.Exists)
            return Refusals.Conflict("already-received", "An application was received under this number; use another one.");
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (string.IsNullOrWhiteSpace(command.Number))
            faults.Add(new("/number", "required", "An application needs its acceptance number."));
        if (string.IsNullOrWhiteSpace(command.Registration))
            faults.Add(new("/registration", "required", "An application needs the applicant's registration number."));
        if (command.Item.Calendar != d.Calendar.Code)
            faults.Add(new("/item", "wrong-calendar", $"The item counts by calendar {command.Item.Calendar}."));
        if (faults.Count > 0)
            return Refusals.Validation(faults.ToArray());
        d.Record(new ApplicationReceived(
            d.At, d.By, command.Number, command.Registration, command.Item, command.Channel, command.Materials, command.DocumentReference, command.QueryCodeHash)
        {
            FormAnswers = command.FormAnswers,
            CalendarVersion = d.Calendar.Version,
        });
        return null;
    }

    public static OneStopException? Accept(Deliberation d)
    {
        if (!d.MayTakeIn())
            return Permissions.Refused(IntakeStaff);
        if (d.State.Status != ApplicationStatus.Received)
            return d.WrongState("received");
        if (FeeRules.Waits(d, FeeGate.Acceptance) is { } unpaid)
            return unpaid;
        d.Record(new ApplicationAccepted(d.At, d.By));
        StepRules.Begin(d, d.By, d.At);
        return null;
    }

    public static OneStopException? RequestCorrection(Deliberation d, RequestCorrection command)
    {
        if (!d.MayTakeIn())
            return Permissions.Refused(IntakeStaff);
        if (d.State.CorrectionRequestedAt is not null)
            return Refusals.Conflict("already-corrected", "All that is missing is said once (article 32); accept or refuse the application.");
        if (d.State.Status != ApplicationStatus.Received)
            return d.WrongState("received");
        if (command.Missing.IsDefaultOrEmpty)
            return Permissions.Required("/missing", "Say all that is missing.");
        if (command.Missing.Length > MostMissing || command.Missing.Any(m => string.IsNullOrWhiteSpace(m) || m.Length > LongestName))
            return Refusals.Validation("/missing", "out-of-range", $"Name at most {MostMissing} things, each in 1 to {LongestName} characters.");
        d.Record(new CorrectionRequested(d.At, d.By, command.Missing));
        return null;
    }

    public static OneStopException? Supplement(Deliberation d, SupplementApplication command)
    {
        if (!d.MayTakeIn() && !d.Actor.Is(Role.Applicant))
            return Permissions.Refused("the applicant, " + IntakeStaff);
        if (d.State.Status != ApplicationStatus.Correcting)
            return d.WrongState("correcting");
        d.Record(new ApplicationSupplemented(d.At, d.By, command.Materials.IsDefault ? [] : command.Materials));
        return null;
    }

    public static OneStopException? Refuse(Deliberation d, RefuseApplication command)
    {
        if (!d.MayTakeIn())
            return Permissions.Refused(IntakeStaff);
        if (d.State.Status is not (ApplicationStatus.Received or ApplicationStatus.Correcting))
            return d.WrongState("received or correcting");
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (string.IsNullOrWhiteSpace(command.Basis))
            faults.Add(new("/basis", "required", "A refusal names the law it rests on."));
        if (string.IsNullOrWhiteSpace(command.ReasonReference))
            faults.Add(new("/reason", "required", "A refusal gives its reason."));
        if (faults.Count > 0)
            return Refusals.Validation(faults.ToArray());
        d.Record(new ApplicationRefused(d.At, d.By, command.Basis!, command.ReasonReference!));
        return null;
    }
}
