using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Halls.Ratings;

/// <summary>The rules of ratings (H9): five grades, once a ticket and only after service; the two bad ones are followed up.</summary>
public static class RatingRules
{
    /// <summary>Working days in which a bad grade is to be answered.</summary>
    public const int RectificationDays = 5;

    /// <summary>Rates the service of a ticket.</summary>
    /// <param name="state">The ticket's rating.</param>
    /// <param name="ticket">The ticket as it stands.</param>
    /// <param name="grade">The grade.</param>
    /// <param name="remarkReference">Reference of the remark's document; null without one.</param>
    /// <param name="calendar">Counts the working days of a rectification.</param>
    /// <param name="actor">Who rates.</param>
    /// <param name="now">When.</param>
    public static Decision<RatingEvent> Rate(
        RatingState state, Ticket ticket, Grade grade, string? remarkReference, WorkingCalendar calendar, string actor, DateTimeOffset now)
    {
        if (state.Grade is not null)
            return Refusals.Conflict("already-rated", "This service has been rated; it is rated once.");
        if (ticket.State != TicketState.Finished)
            return Refusals.Conflict("not-served", "A service is rated when it is finished.");
        if (!Enum.IsDefined(grade))
            return Refusals.Validation("/grade", "unknown-value", "Choose one of the five grades.");
        var given = new RatingGiven(now, actor, ticket.Id, grade, remarkReference);
        if (grade is not (Grade.Dissatisfied or Grade.VeryDissatisfied)) return Decision<RatingEvent>.Of(given);
        var due = new Clock(calendar, now, new WorkingDays(RectificationDays), Counting.Days, []).DueAt!.Value;
        return Decision<RatingEvent>.Of(given, new RectificationOpened(now, actor, ticket.Id, due));
    }

    /// <summary>The clock of an open rectification has come to an instant.</summary>
    public static Decision<RatingEvent> FallDue(RatingState state, string ticketId, DateTimeOffset now) =>
        state.NextDueAt is { } due && due <= now
            ? Decision<RatingEvent>.Of(new RectificationFellDue(now, "system", ticketId, due))
            : Decision<RatingEvent>.Nothing;

    /// <summary>Answers a rectification.</summary>
    public static Decision<RatingEvent> Rectify(RatingState state, string ticketId, string answerReference, string actor, DateTimeOffset now)
    {
        if (state.RectificationDueAt is not { } due) return Refusals.WrongState("No rectification was opened for this ticket.");
        return state.RectifiedAt is not null
            ? Refusals.WrongState("This rectification has been answered.")
            : Decision<RatingEvent>.Of(new RectificationClosed(now, actor, ticketId, answerReference, now > due));
    }
}
