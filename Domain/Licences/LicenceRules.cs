using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;

namespace OneStop.Domain.Licences;

/// <summary>The register of licences (A15): issue, inspection, renewal (article 50), expiry and revocation (article 69).</summary>
public static class LicenceRules
{
    /// <summary>The licence that a decision grants.</summary>
    /// <param name="application">The case after it.</param>
    /// <param name="events">What was recorded.</param>
    /// <returns>Its first event; null when none is granted.</returns>
    public static LicenceIssued? Issued(ApplicationState application, ImmutableArray<ApplicationEvent> events) =>
        events.OfType<LicenceGranted>().FirstOrDefault() is { } granted && application.Item is { Licence: { } standard } item
            ? new LicenceIssued(
                granted.At, granted.Actor, granted.Licence, application.Number, application.DocumentSubject, item.Code, item.Department, item.Calendar, standard,
                granted.ValidUntil, granted.InspectionDueAt)
            : null;

    /// <summary>Decides what a command does; what was due strictly before is recorded first.</summary>
    /// <param name="state">The licence.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="calendar">Its calendar.</param>
    /// <param name="now">The present.</param>
    /// <returns>
    /// Events, or a refusal: <c>unknown-licence</c>, <c>not-allowed</c>, <c>licence-expired</c>, <c>licence-revoked</c>, <c>too-early</c>,
    /// <c>wrong-state</c>, <c>validation</c>.
    /// </returns>
    public static Decision<LicenceEvent> Decide(LicenceState state, LicenceCommand command, Actor actor, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (!state.Exists)
            return Refusals.Unknown("licence", state.Number);
        var due = Settle(state, now, instant => instant < now);
        var current = due.Aggregate(state, (licence, happened) => licence.Evolve(happened));
        var decision = Carry(current, command, actor, calendar, now);
        return decision.Refusal is { } refusal ? refusal : due.AddRange(decision.Events);
    }

    /// <summary>Its clock has come to an instant.</summary>
    public static Decision<LicenceEvent> WakeUp(LicenceState state, DateTimeOffset now) => Settle(state, now, instant => instant <= now);

    /// <summary>The next instant at which a notice is to be given or a term ends; null when nothing is to come.</summary>
    public static DateTimeOffset? NextWakeUp(LicenceState state) => Next(state)?.Instant;

    private static ImmutableArray<LicenceEvent> Settle(LicenceState state, DateTimeOffset now, Func<DateTimeOffset, bool> isDue)
    {
        var events = ImmutableArray.CreateBuilder<LicenceEvent>();
        while (Next(state) is { } next && isDue(next.Instant))
        {
            var happened = next.Event(now);
            events.Add(happened);
            state = state.Evolve(happened);
        }

        return events.ToImmutable();
    }

    // What comes first in time comes first in the record, however late it is written.
    private static Due? Next(LicenceState state)
    {
        if (!state.IsInForce)
            return null;
        Due? next = null;
        void Consider(DateTimeOffset instant, Func<DateTimeOffset, LicenceEvent> happened)
        {
            if (next is not { } earliest || instant < earliest.Instant)
                next = new(instant, happened);
        }

        var notice = TimeSpan.FromDays(state.Standard!.NoticeDays);
        if (state is { InspectionDueAt: { } inspection, InspectionMissed: false })
        {
            if (state.RemindedOfInspection != inspection)
                Consider(inspection - notice, at => new LicenceReminded(at, Actor.System.User, LicenceTerm.Inspection, inspection));
            Consider(inspection, at => new LicenceInspectionMissed(at, Actor.System.User, inspection));
        }

        if (state.ValidUntil is { } end)
        {
            if (state.RemindedOfValidity != end)
                Consider(end - notice, at => new LicenceReminded(at, Actor.System.User, LicenceTerm.Validity, end));
            Consider(end, at => new LicenceExpired(at, Actor.System.User, end));
        }

        return next;
    }

    private static Decision<LicenceEvent> Carry(LicenceState state, LicenceCommand command, Actor actor, WorkingCalendar calendar, DateTimeOffset now)
    {
        var mayDo = command is InspectLicence ? actor.Works(state.Department) : actor.Heads(state.Department);
        if (!mayDo)
            return Permissions.Refused(command is InspectLicence ? "handlers and the head of the licence's department" : "the head of the licence's department");
        if (state.RevokedAt is not null)
            return Refusals.Conflict("licence-revoked", "This licence was revoked; a new application makes a new one.");
        if (state.ExpiredAt is not null)
            return Refusals.Conflict("licence-expired", "This licence has expired; a new application makes a new one (article 50).");
        return command switch
        {
            InspectLicence c => Inspect(state, c, actor, calendar, now),
            RenewLicence => Renew(state, actor, calendar, now),
            RevokeLicence c => Revoke(c, actor, now),
            _ => throw new ArgumentException($"Command {command.GetType().Name} is not known.", nameof(command)),
        };
    }

    private static Decision<LicenceEvent> Inspect(LicenceState state, InspectLicence command, Actor actor, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (state is not { InspectionDueAt: { } due, Standard.InspectionMonths: { } months })
            return Refusals.WrongState("This licence is not inspected.");
        if (!command.Passed && string.IsNullOrWhiteSpace(command.OpinionReference))
            return Permissions.Required("/opinion", "Say what is not in order.");
        var next = command.Passed ? LicenceTerms.InspectionAfter(calendar, state.IssuedAt, months, Instants.Later(due, now)) : due;
        return Decision<LicenceEvent>.Of(new LicenceInspected(now, actor.User, command.Passed, command.OpinionReference, next));
    }

    private static Decision<LicenceEvent> Renew(LicenceState state, Actor actor, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (state is not { ValidUntil: { } end, Standard: { ValidMonths: { } months } standard })
            return Refusals.WrongState("This licence has no end; there is nothing to renew.");
        var from = end - TimeSpan.FromDays(standard.NoticeDays);
        if (now < from)
            return Refusals.Conflict("too-early", $"This licence can be renewed in the last {standard.NoticeDays} days of its time.");
        return Decision<LicenceEvent>.Of(new LicenceRenewed(now, actor.User, LicenceTerms.Again(calendar, end, months)));
    }

    private static Decision<LicenceEvent> Revoke(RevokeLicence command, Actor actor, DateTimeOffset now)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (string.IsNullOrWhiteSpace(command.Basis))
            faults.Add(new("/basis", "required", "A revocation names the law it rests on."));
        if (string.IsNullOrWhiteSpace(command.ReasonReference))
            faults.Add(new("/reason", "required", "A revocation gives its reason."));
        return faults.Count > 0
            ? Refusals.Validation(faults.ToArray())
            : Decision<LicenceEvent>.Of(new LicenceRevoked(now, actor.User, command.Basis!, command.ReasonReference!));
    }

    private readonly record struct Due(DateTimeOffset Instant, Func<DateTimeOffset, LicenceEvent> Event);
}
