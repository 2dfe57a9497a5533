using System.Collections.Immutable;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>The clocks of a case (A7).</summary>
public static class ApplicationClocks
{
    /// <summary>Every clock that has started, in a stable order: intake, the case's own, steps, procedures, delivery, explanations.</summary>
    /// <param name="state">The case.</param>
    public static ImmutableArray<ApplicationClock> Of(ApplicationState state) => state.Clocks;

    // Most events change few of the clocks: one that stays as it was keeps what it has worked out.
    internal static ImmutableArray<ApplicationClock> Make(ApplicationState state, ImmutableArray<ApplicationClock> earlier)
    {
        if (state.Item is not { } item)
            return [];
        var known = earlier.IsDefault ? [] : earlier;
        var clocks = ImmutableArray.CreateBuilder<ApplicationClock>();
        var (payment, suspensions) = (PaymentAwaited(state), Suspensions(state));
        void Add(
            ClockKind kind, string? subject, DateTimeOffset start, Limit limit, DateTimeOffset? stopped, bool ofTheCase = false,
            ImmutableArray<Suspension> without = default)
        {
            var extension = ofTheCase ? state.ExtensionWorkingDays : 0;
            without = without.IsDefault ? [] : without;
            foreach (var clock in known)
            {
                if (clock.Kind == kind && clock.Subject == subject && clock.Is(start, limit, item.Counting, extension, without, stopped))
                {
                    clocks.Add(clock);
                    return;
                }
            }

            clocks.Add(new(kind, subject, start, limit, item.Counting, extension, without, stopped));
        }

        for (var i = 0; i < state.Rounds.Length; i++)
        {
            var round = state.Rounds[i];
            if (item.PreAcceptanceLimit is { } preAcceptance && state.Channel is Channel.Portal or Channel.Exchange)
                Add(ClockKind.PreAcceptance, Ordinal(i), round.From, preAcceptance, round.To, without: payment);
            Add(ClockKind.Acceptance, Ordinal(i), round.From, item.AcceptanceLimit, round.To, without: payment);
        }

        var ended = state.DecidedAt ?? state.ClosedAt;
        if (state.AcceptedAt is { } accepted)
        {
            Add(ClockKind.Statutory, null, accepted, item.StatutoryLimit, ended, ofTheCase: true, without: suspensions);
            if (item.CommittedLimit is { } committed)
                Add(ClockKind.Committed, null, accepted, committed, ended, ofTheCase: true, without: suspensions);
        }

        for (var i = 0; i < state.Steps.Length; i++)
        {
            if (item.Steps[i].Limit is not { } limit)
                continue;
            var step = state.Steps[i];
            for (var run = 0; run < step.Earlier.Length; run++)
                Add(ClockKind.Step, StepState.SubjectOf(step.Id, run), step.Earlier[run].OpenedAt, limit, step.Earlier[run].EndedAt, without: suspensions);
            if (step.OpenedAt is { } opened)
                Add(ClockKind.Step, step.Subject, opened, limit, step.CompletedAt ?? ended, without: suspensions);
        }

        for (var i = 0; i < state.Procedures.Length; i++)
            Add(ClockKind.SpecialProcedure, Ordinal(i), state.Procedures[i].From, new WorkingDays(state.Procedures[i].Days), state.Procedures[i].To ?? ended);
        if (state.DecidedAt is { } decided)
            Add(ClockKind.Delivery, null, decided, item.DeliveryLimit, state.ClosedAt, without: payment);
        foreach (var card in state.Cards)
            if (card.IsToBeExplained)
                clocks.Add(new(
                    ClockKind.Explanation, card.CardId, card.RecordedAt, new WorkingDays(item.TimeRule.Ladder.ExplanationWorkingDays), Counting.Days, 0, [],
                    card.ExplainedAt ?? card.UpheldAt ?? card.ExplanationLapsedAt ?? card.Withdrawal?.At));
        return clocks.ToImmutable();
    }

    /// <summary>
    /// The clock that tells when the case is due now: acceptance while it is received, the promise (or the law) while
    /// it is handled, delivery once it is decided.
    /// </summary>
    /// <returns>The clock; null while the case waits for the applicant or is closed.</returns>
    /// <param name="state">The case.</param>
    /// <param name="clocks">Its clocks, from <see cref="Of"/>.</param>
    public static ApplicationClock? Leading(ApplicationState state, ImmutableArray<ApplicationClock> clocks) => state.Status switch
    {
        ApplicationStatus.Received => clocks.LastOrDefault(c => c.Kind == ClockKind.Acceptance),
        ApplicationStatus.Accepted or ApplicationStatus.Handling or ApplicationStatus.Suspended =>
            clocks.FirstOrDefault(c => c.Kind == ClockKind.Committed) ?? clocks.FirstOrDefault(c => c.Kind == ClockKind.Statutory),
        ApplicationStatus.Decided => clocks.FirstOrDefault(c => c.Kind == ClockKind.Delivery),
        _ => null,
    };

    /// <summary>The department that answers for a clock.</summary>
    internal static string DepartmentOf(ApplicationState state, ApplicationClock clock) =>
        clock.Kind == ClockKind.Step && state.Item!.Steps.FirstOrDefault(s => s.Id == clock.Subject || clock.Subject!.StartsWith(s.Id + "#", StringComparison.Ordinal)) is { } step
            ? step.Department
            : state.Item!.Department;

    private static ImmutableArray<Suspension> Suspensions(ApplicationState state) => state.Procedures.IsEmpty
        ? PaymentAwaited(state)
        : [.. state.Procedures.Select(p => p.AsSuspension()), .. PaymentAwaited(state)];

    private static ImmutableArray<Suspension> PaymentAwaited(ApplicationState state) =>
        state.Fee is { ClocksStandStill: true } fee ? [new(fee.DemandedAt, fee.SettledAt, "feePayment")] : [];

    private static string Ordinal(int index) => (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
