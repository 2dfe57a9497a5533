using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Applications;

/// <summary>Retention and archiving (归档) of finished cases, and the erasure of their personal data (A17).</summary>
internal static class RetentionRules
{
    /// <summary>Refuses what would change an archived case.</summary>
    public static OneStopException? Archived(Deliberation d, ApplicationCommand command) =>
        d.State.ArchivedAt is not null && command is not (CorrectPersonalData or ErasePersonalData)
            ? Refusals.Conflict("archived", "This case is archived; nothing of it is changed any more.")
            : null;

    /// <summary>When the case is archived, or its personal data erased, by itself; null when neither is to come.</summary>
    public static DateTimeOffset? Next(ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar) =>
        state.Item?.Retention is { } rule ? Next(state, clocks, calendar, rule)?.Instant : null;

    /// <summary>Records what is due of it.</summary>
    public static void Settle(Deliberation d, Func<DateTimeOffset, bool> isDue)
    {
        while (d.State.Item?.Retention is { } rule && Next(d.State, d.Clocks, d.Calendar, rule) is { } due && isDue(due.Instant))
            d.Record(due.Event(d.At));
    }

    public static OneStopException? Erase(Deliberation d, ErasePersonalData command)
    {
        if (!d.Actor.Is(Role.Admin) && !(d.State.Item is { } item && d.Actor.Heads(item.Department)))
            return Permissions.Refused("administrators and the head of the department in charge");
        if (string.IsNullOrWhiteSpace(command.ReasonReference))
            return Permissions.Required("/reason", "Say why the personal data is erased.");
        if (d.State.PersonalDataErasedAt is not null)
            return PersonalDataRules.Erased();
        if (d.State.ClosedAt is not { } closed)
            return Refusals.Conflict("case-running", "This case is still running; its personal data is needed for it.");
        if ((d.State.Item?.Retention ?? command.InForce) is not { } rule)
            return Refusals.Conflict("no-retention-rule", "No rule says how long this case is kept; give its item one in the catalogue.");
        if (rule.Keep is not { } keep)
            return Refusals.Conflict("retention-not-passed", $"By rule {rule.Code} this case is kept for ever.");
        if (keep.EndFrom(closed, d.Calendar) is var end && end > d.At)
            return Refusals.Conflict("retention-not-passed", $"By rule {rule.Code} this case is kept until {d.Calendar.ToLocal(end):yyyy-MM-dd HH:mm}.");
        // A case that is not archived yet could still get texts.
        if (d.State.ArchivedAt is null && Next(d.State, d.Clocks, d.Calendar, rule) is { } archiving && archiving.Instant <= d.At)
            d.Record(archiving.Event(d.At));
        if (d.State.ArchivedAt is null)
            return Refusals.Conflict("not-archived", "Something is still to come in this case; its personal data is erased once it is archived.");
        d.Record(new PersonalDataErased(d.At, d.By, ErasureCause.Request, command.ReasonReference));
        return null;
    }

    // First what its clocks have still to say, then the archive, then the erasure.
    private static Due? Next(ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar, RetentionRule rule)
    {
        if (state is not { ClosedAt: { } closed, PersonalDataErasedAt: null })
            return null;
        if (state.ArchivedAt is null)
        {
            if (DueEffects.Next(state, clocks, calendar) is not null)
                return null;
            var due = rule.ArchiveAfter.EndFrom(closed, calendar);
            return new(due, at => new ApplicationArchived(at, Actor.System.User, due, rule.Code, rule.Version));
        }

        return rule is { Erase: true, Keep: { } keep }
            ? new(keep.EndFrom(closed, calendar), at => new PersonalDataErased(at, Actor.System.User, ErasureCause.Retention, null))
            : null;
    }

    private readonly record struct Due(DateTimeOffset Instant, Func<DateTimeOffset, ApplicationEvent> Event);
}
