using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Notices;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>What follows on a card with time: the steps of the ladder, and the end of the time to explain it (S6).</summary>
internal static class EscalationRules
{
    private const string AtOnce = "atOnce";

    /// <summary>The next thing that follows on a card; null when nothing is to come.</summary>
    public static FollowUp? Next(ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar)
    {
        FollowUp? next = null;
        foreach (var card in state.Cards)
        {
            if (!card.InForce)
                continue;
            foreach (var follow in Of(card, state, clocks, calendar))
                if (next is not { } first || follow.Instant < first.Instant)
                    next = follow;
        }

        return next;
    }

    /// <summary>Records it.</summary>
    public static void Take(Deliberation d, FollowUp follow)
    {
        if (follow.Rung is null)
            d.Record(new ExplanationLapsed(d.At, Actor.System.User, follow.CardId, follow.Instant));
        else
            Tellings.Tell(d, follow.Kind, follow.CardId, follow.Rung, follow.To);
    }

    private static IEnumerable<FollowUp> Of(Card card, ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar)
    {
        var ladder = state.Item!.TimeRule.Ladder;
        if (Rung(card, state, AtOnce, card.IssuedAt, NoticeKind.CardIssued, ladder.ToldAtOnce(card.Level)) is { } first)
            yield return first;
        foreach (var step in ladder.Steps)
        {
            if (step.On == EscalationTrigger.Unexplained)
            {
                if (card is { ExplanationLapsedAt: { } lapsed, UpheldAt: null } && Rung(card, state, step.Rung, After(lapsed, step, calendar), NoticeKind.CardUnexplained, step.Tell) is { } unexplained)
                    yield return unexplained;
            }
            else if ((int)step.On == (int)card.Level && step.AfterWorkingDays > 0 && IsHighest(card, state) &&
                Rung(card, state, step.Rung, After(card.IssuedAt, step, calendar), NoticeKind.CardUnhandled, step.Tell) is { } unhandled && IsUnhandled(state, unhandled.Instant))
            {
                yield return unhandled;
            }
        }

        var explanation = card is { ExplanationLapsedAt: null } ? clocks.FirstOrDefault(c => c.Kind == ClockKind.Explanation && c.Subject == card.CardId && c.StoppedAt is null) : null;
        if (explanation?.On(calendar).DueAt is { } due)
            yield return new(due, card.CardId, null, default, []);
    }

    private static FollowUp? Rung(Card card, ApplicationState state, string rung, DateTimeOffset instant, NoticeKind kind, IEnumerable<Post> posts)
    {
        if (card.Rungs.Contains(rung))
            return null;
        // Who knows of a card is not told of it again by a later step, except that nobody explained it.
        var to = Tellings.Audiences(state, card.Department, card.Subject, posts);
        if (kind == NoticeKind.CardUnhandled)
            to = [.. to.Except(card.Told)];
        return to.IsEmpty ? null : new(instant, card.CardId, rung, kind, to);
    }

    private static DateTimeOffset After(DateTimeOffset from, EscalationStep step, WorkingCalendar calendar) => step.AfterWorkingDays == 0
        ? from
        : new Clock(calendar, from, new WorkingDays(step.AfterWorkingDays), Counting.Days, []).DueAt!.Value;

    private static bool IsHighest(Card card, ApplicationState state) => !state.Cards.Any(c => c.InForce && c.Level > card.Level);

    private static bool IsUnhandled(ApplicationState state, DateTimeOffset at) => (state.ReportedEnd ?? state.DecidedAt ?? state.ClosedAt) is not { } ended || at < ended;
}

/// <summary>Something that follows on a card.</summary>
/// <param name="Instant">When.</param>
/// <param name="CardId">The card.</param>
/// <param name="Rung">The step of the ladder; null for the end of the time to explain.</param>
/// <param name="Kind">What is told.</param>
/// <param name="To">Who is told.</param>
internal readonly record struct FollowUp(DateTimeOffset Instant, string CardId, string? Rung, NoticeKind Kind, ImmutableArray<Audience> To);
