using System.Collections.Immutable;

namespace OneStop.Domain.Applications;

/// <summary>Who sees the personal data and the files of a case, and who corrects it (PIPL, articles 45 and 46).</summary>
public static class PersonalDataRules
{
    private const string Staff = "clerks, the staff of a department involved, and administrators";

    /// <summary>
    /// Why somebody is not shown the personal data, the files with their names among it; null when it may be shown. Any clerk may see it:
    /// a comprehensive window (综合窗口) takes in for every department and has to see what is already there before it asks for more.
    /// </summary>
    /// <param name="state">The case.</param>
    /// <param name="actor">Who asks; the applicant has shown the query code.</param>
    public static OneStopException? MayRead(ApplicationState state, Actor actor) =>
        actor.Is(Role.Applicant) || IsStaff(state, actor) ? null : Permissions.Refused("the applicant, " + Staff);

    /// <summary>The texts of a case that somebody is not shown: the applicant's data, and the names of the files.</summary>
    /// <param name="state">The case.</param>
    /// <param name="actor">Who asks.</param>
    /// <returns>The references of their documents.</returns>
    public static ImmutableHashSet<string> Hidden(ApplicationState state, Actor actor) => MayRead(state, actor) is null
        ? []
        : [.. state.Attachments.Select(attachment => attachment.NameReference), .. state.DocumentReference is { } data ? [data] : Array.Empty<string>()];

    internal static OneStopException? Correct(Deliberation d, CorrectPersonalData command)
    {
        var isApplicant = d.Actor.Is(Role.Applicant);
        if (!isApplicant && !IsStaff(d.State, d.Actor))
            return Permissions.Refused("the applicant, " + Staff);
        if (d.State.PersonalDataErasedAt is not null)
            return Erased();
        if (d.State.DocumentReference is null)
            return Refusals.Conflict("no-personal-data", "An outside system runs this case; nothing personal is kept here.");
        var data = command.Data.IsDefault ? [] : command.Data;
        if (data.IsEmpty)
            return Permissions.Required("", "Say what is corrected.");
        // An identity is checked against a paper; a telephone number is whoever answers it.
        if (isApplicant && data.Any(datum => datum != PersonalDatum.Phone))
            return Refusals.NotAllowed("With a query code only the telephone number is corrected; bring your identity card to a counter for the rest.");
        var registration = command.Registration == d.State.Registration ? null : command.Registration;
        d.Record(new PersonalDataCorrected(d.At, d.By, [.. data.Distinct().Order()]) { Registration = registration });
        return null;
    }

    internal static OneStopException Erased() => Refusals.Conflict("personal-data-erased", "The personal data of this case was erased.");

    private static bool IsStaff(ApplicationState state, Actor actor) =>
        actor.Is(Role.Clerk) || actor.Is(Role.Admin) || (state.Item is { } item && item.Involves(actor.Department) && actor.Works(actor.Department!));
}
