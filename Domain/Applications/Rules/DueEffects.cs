using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain.Calendars;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>
/// Time inspection (时限监察): what the passing of time does to a case. Effects are recorded one by one in the order of
/// their legal instants, so that settling late gives what settling in time would have given.
/// </summary>
internal static class DueEffects
{
    private static readonly ImmutableArray<CardLevel> Levels = [.. Enum.GetValues<CardLevel>()];

    /// <summary>Records everything that is due, and withdraws what no longer holds.</summary>
    /// <param name="d">The decision.</param>
    /// <param name="moment">Up to when.</param>
    /// <param name="inclusive">Whether what is due at exactly that moment is due.</param>
    /// <param name="open">The clocks to look at; what the others gave is settled.</param>
    public static void Settle(Deliberation d, DateTimeOffset moment, bool inclusive, Func<ApplicationClock, bool> open)
    {
        bool IsDue(DateTimeOffset instant) => inclusive ? instant <= moment : instant < moment;
        while (d.State.Item is not null)
        {
            var clocks = d.Clocks;
            foreach (var card in d.State.Cards)
                if (card.InForce && !Holds(card, d.State, clocks, open, d.Calendar))
                    Withdraw(d, card);
            var next = NextCard(d.State, clocks, open, d.Calendar);
            var silence = AcceptanceBySilence(d.State, d.Clocks, d.Calendar);
            var follow = EscalationRules.Next(d.State, d.Clocks, d.Calendar);
            if (silence is { } deemed && IsDue(deemed) && !(next?.Instant < deemed) && !(follow?.Instant < deemed))
            {
                d.Record(new ApplicationDeemedAccepted(d.At, Actor.System.User, d.State.Rounds[^1].From, deemed));
                StepRules.Begin(d, Actor.System.User, deemed);
            }
            else if (next is { } reached && IsDue(reached.Instant) && !(follow?.Instant < reached.Instant))
            {
                Issue(d, reached);
            }
            else if (follow is { } due && IsDue(due.Instant))
            {
                EscalationRules.Take(d, due);
            }
            else
            {
                break;
            }
        }

        StepLights.Settle(d, open, IsDue);
    }

    /// <summary>The next instant at which something is due.</summary>
    public static DateTimeOffset? Next(ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar)
    {
        if (state.Item is null)
            return null;
        var card = NextCard(state, clocks, IsRunning, calendar)?.Instant;
        var silence = AcceptanceBySilence(state, clocks, calendar);
        var light = StepLights.Next(state, clocks, calendar);
        return Earlier(Earlier(Earlier(card, silence), light), EscalationRules.Next(state, clocks, calendar)?.Instant);
    }

    private static void Withdraw(Deliberation d, Card card)
    {
        d.Record(new CardWithdrawn(d.At, Actor.System.User, card.CardId, WithdrawalCause.Recomputed, null));
        Tellings.OfCard(d, NoticeKind.CardWithdrawn, card.CardId);
    }

    private static bool IsRunning(ApplicationClock clock) => clock.StoppedAt is null;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static DateTimeOffset? AcceptanceBySilence(ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar)
    {
        if (state.Status != ApplicationStatus.Received || state.Rounds.IsEmpty)
            return null;
        return ApplicationClocks.Leading(state, clocks)?.On(calendar).DueAt;
    }

    // A case has at most one card in force of a level, whichever version of a rule gave it; the clock that gets there first gives it.
    private static Reached? NextCard(ApplicationState state, ImmutableArray<ApplicationClock> clocks, Func<ApplicationClock, bool> open, WorkingCalendar calendar)
    {
        Reached? next = null;
        foreach (var level in Levels)
            if (!HasInForce(state, level) && Earliest(state, clocks, open, level, calendar) is { } reached && (next is not { } first || reached.Instant < first.Instant))
                next = reached;
        return next;
    }

    private static Reached? Earliest(
        ApplicationState state, ImmutableArray<ApplicationClock> clocks, Func<ApplicationClock, bool> open, CardLevel level, WorkingCalendar calendar)
    {
        Reached? earliest = null;
        foreach (var threshold in state.Item!.TimeRule.Cards)
        {
            if (threshold.Level != level)
                continue;
            foreach (var clock in clocks)
            {
                if (clock.Kind != threshold.Clock || !open(clock) || IsBelated(level, clock) || clock.Reaches(threshold.OffsetWorkingDays, calendar) is not { } instant)
                    continue;
                var reached = new Reached(instant, level, clock);
                if (!IsForgiven(state, reached) && (earliest is not { } first || instant < first.Instant))
                    earliest = reached;
            }
        }

        return earliest;
    }

    private static bool HasInForce(ApplicationState state, CardLevel level)
    {
        foreach (var card in state.Cards)
            if (card.InForce && card.Level == level)
                return true;
        return false;
    }

    // There is nothing left to warn of in a special procedure that had ended when it was entered.
    private static bool IsBelated(CardLevel level, ApplicationClock clock) =>
        level == CardLevel.Warning && clock is { Kind: ClockKind.SpecialProcedure, StoppedAt: not null };

    private static void Issue(Deliberation d, Reached reached)
    {
        var (rule, level) = (d.State.Item!.TimeRule, reached.Level);
        var ordinal = 1 + d.State.Cards.Count(c => c.Level == level && IsOfRule(c, d.State));
        var id = string.Create(CultureInfo.InvariantCulture, $"{d.State.Number}.{rule.Code}-{rule.Version}.{CamelCase.Of(level)}.{ordinal}");
        d.Record(new CardIssued(
            d.At, Actor.System.User, id, level, reached.Clock.Kind, reached.Clock.Subject, ApplicationClocks.DepartmentOf(d.State, reached.Clock),
            rule.Code, rule.Version, reached.Instant));
    }

    private static bool Holds(
        Card card, ApplicationState state, ImmutableArray<ApplicationClock> clocks, Func<ApplicationClock, bool> open, WorkingCalendar calendar)
    {
        var clock = clocks.FirstOrDefault(c => c.Kind == card.Clock && c.Subject == card.Subject && open(c));
        var threshold = state.Item!.TimeRule.Cards.FirstOrDefault(t => t.Level == card.Level && t.Clock == card.Clock);
        if (clock is null)
            return true;
        if (threshold is null || clock.Reaches(threshold.OffsetWorkingDays, calendar) != card.IssuedAt)
            return false;
        // Facts come in any order; the cards in force must not tell in which.
        return !(Earliest(state, clocks, open, card.Level, calendar)?.Instant < card.IssuedAt);
    }

    private static bool IsForgiven(ApplicationState state, Reached reached) => !state.Cards.IsEmpty && state.Cards.Any(c =>
        c.Withdrawal?.Cause == WithdrawalCause.Officer && c.Level == reached.Level &&
        c.Clock == reached.Clock.Kind && c.Subject == reached.Clock.Subject && c.IssuedAt == reached.Instant);

    private static bool IsOfRule(Card card, ApplicationState state) =>
        card.RuleVersion == state.Item!.TimeRule.Version && card.RuleCode == state.Item.TimeRule.Code;

    private readonly record struct Reached(DateTimeOffset Instant, CardLevel Level, ApplicationClock Clock);
}
