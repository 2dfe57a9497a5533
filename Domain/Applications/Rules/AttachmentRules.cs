using OneStop.Domain.Attachments;

namespace OneStop.Domain.Applications;

/// <summary>
/// Scanned and uploaded materials (电子影像, W5): until the decision, for what the item asks or what was said to be missing, within
/// bounds. A file counts as handing its material in; once there is one for all that was missing, the case is supplemented (补件).
/// </summary>
internal static class AttachmentRules
{
    public static OneStopException? Expect(Deliberation d, ExpectMaterial command) => Hindrance(d, command.Material, command.Size, command.Source);

    public static OneStopException? Attach(Deliberation d, AttachMaterial command)
    {
        if (Hindrance(d, command.Material, command.Size, command.Source) is { } refusal)
            return refusal;
        if (command.Source is not null && IsHeld(d.State, command))
            return null;
        if (command.Size < 1 || !FileFormats.Accepted.Contains(command.Type))
            return Refusals.Validation("/type", "not-one-of", "A file has content of one of: " + string.Join(", ", FileFormats.Accepted) + ".");
        d.Record(new MaterialAttached(
            d.At, d.By, d.State.Attachments.Length + 1, d.State.NameOf(command.Material)!, command.Type, command.Size, command.Sha256, command.Subject, command.NameReference)
        {
            From = command.Source?.Application,
        });
        if (d.State.Status == ApplicationStatus.Correcting && IsCorrected(d.State))
            d.Record(new ApplicationSupplemented(d.At, d.By, [.. d.State.Missing.Select(missing => d.State.NameOf(missing)!)]));
        return null;
    }

    private static OneStopException? Hindrance(Deliberation d, string material, long size, MaterialSource? source)
    {
        if (!d.MayTakeIn() && !d.Actor.Is(Role.Applicant))
            return Permissions.Refused("the applicant, clerks and the staff of a department involved");
        if (source is not null && (source.Registration != d.State.Registration || source.Registration.Length == 0))
            return new OneStopException(RefusalKind.Unprocessable, "other-applicant", "Only what the same applicant handed in is taken over.");
        if (d.State.IsClosed || d.State.DecidedAt is not null)
            return d.WrongState("undecided");
        if (string.IsNullOrWhiteSpace(material))
            return Permissions.Required("material", "Say which material the file is.");
        if (d.State.NameOf(material) is null)
            return Refusals.Validation("material", "unknown-material", "This case asks for: " + string.Join(", ", Asked(d.State)) + ".");
        if (size > AttachmentLimits.FileBytes)
            return AttachmentLimits.TooLarge();
        return d.State.Attachments.Length >= AttachmentLimits.Files || d.State.Attachments.Sum(a => a.Size) + size > AttachmentLimits.CaseBytes
            ? new OneStopException(
                RefusalKind.Unprocessable, "case-full", $"A case has at most {AttachmentLimits.Files} files of {AttachmentLimits.CaseBytes >> 20} MB together.")
            : null;
    }

    // What was there before corrections were asked for is handed in anew.
    private static bool IsHeld(ApplicationState state, AttachMaterial command) => state.Held(command.Material, command.Sha256) is { } held
        && (state.Status != ApplicationStatus.Correcting || held.At >= state.CorrectionRequestedAt);

    private static bool IsCorrected(ApplicationState state)
    {
        var since = state.Attachments.Where(a => a.At >= state.CorrectionRequestedAt).Select(a => a.Material).ToHashSet(StringComparer.Ordinal);
        return state.Missing.All(missing => since.Contains(state.NameOf(missing)!));
    }

    private static IEnumerable<string> Asked(ApplicationState state) => (state.Item?.Materials.Select(m => m.Zh) ?? []).Union(state.Missing);
}
