using OneStop.Domain.Attachments;

namespace OneStop.Domain.Applications;

/// <summary>
/// Scanned and uploaded materials (电子影像, W5): until the decision, for what the item asks or what was said to be missing, within
/// bounds. A file counts as handing its material in; once there is one for all that was missing, the case is supplemented (补件).
/// </summary>
internal static class AttachmentRules
{
    public static OneStopException? Expect(Deliberation d, ExpectMaterial command) => Hindrance(d, command.Material, command.Size);

    public static OneStopException? Attach(Deliberation d, AttachMaterial command)
    {
        if (Hindrance(d, command.Material, command.Size) is { } refusal)
            return refusal;
        if (command.Size < 1 || !FileFormats.Accepted.Contains(command.Type))
            return Refusals.Validation("/type", "not-one-of", "A file has content of one of: " + string.Join(", ", FileFormats.Accepted) + ".");
        d.Record(new MaterialAttached(
            d.At, d.By, d.State.Attachments.Length + 1, NameOf(d.State, command.Material)!, command.Type, command.Size, command.Sha256, command.Subject, command.NameReference));
        if (d.State.Status == ApplicationStatus.Correcting && IsCorrected(d.State))
            d.Record(new ApplicationSupplemented(d.At, d.By, [.. d.State.Missing.Select(missing => NameOf(d.State, missing)!)]));
        return null;
    }

    private static OneStopException? Hindrance(Deliberation d, string material, long size)
    {
        if (!d.MayTakeIn() && !d.Actor.Is(Role.Applicant))
            return Permissions.Refused("the applicant, clerks and the staff of a department involved");
        if (d.State.IsClosed || d.State.DecidedAt is not null)
            return d.WrongState("undecided");
        if (string.IsNullOrWhiteSpace(material))
            return Permissions.Required("material", "Say which material the file is.");
        if (NameOf(d.State, material) is null)
            return Refusals.Validation("material", "unknown-material", "This case asks for: " + string.Join(", ", Asked(d.State)) + ".");
        if (size > AttachmentLimits.FileBytes)
            return AttachmentLimits.TooLarge();
        return d.State.Attachments.Length >= AttachmentLimits.Files || d.State.Attachments.Sum(a => a.Size) + size > AttachmentLimits.CaseBytes
            ? new OneStopException(
                RefusalKind.Unprocessable, "case-full", $"A case has at most {AttachmentLimits.Files} files of {AttachmentLimits.CaseBytes >> 20} MB together.")
            : null;
    }

    private static bool IsCorrected(ApplicationState state)
    {
        var since = state.Attachments.Where(a => a.At >= state.CorrectionRequestedAt).Select(a => a.Material).ToHashSet(StringComparer.Ordinal);
        return state.Missing.All(missing => since.Contains(NameOf(state, missing)!));
    }

    // As the item names it in Chinese, whichever name was said.
    private static string? NameOf(ApplicationState state, string said) =>
        state.Item?.Materials.FirstOrDefault(m => m.Zh == said || m.En == said)?.Zh ?? (state.Missing.Contains(said) ? said : null);

    private static IEnumerable<string> Asked(ApplicationState state) => (state.Item?.Materials.Select(m => m.Zh) ?? []).Union(state.Missing);
}
