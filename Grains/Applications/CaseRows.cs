using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Applications;

/// <summary>A case's rows: what changed between two states of it.</summary>
internal static class CaseRows
{
    public static IEnumerable<RowChange> Of(
        ApplicationState before, ApplicationState after, ApplicationView shown, ApplicationView view, WorkingCalendar calendar, long head)
    {
        yield return Application(after, view, calendar, head);
        foreach (var card in after.Cards)
            if (Changed(before, after, card))
                yield return CardRow(after, card);
        for (var i = 0; i < after.Steps.Length; i++)
            if (before.Steps.IsEmpty || shown.Steps[i] != view.Steps[i] || before.IsClosed != after.IsClosed)
                yield return Task(after, view.Steps[i]);
        for (var i = before.Findings.Length; i < after.Findings.Length; i++)
            yield return Finding(after, i);
    }

    /// <summary>When the case was decided or ended; null while it runs.</summary>
    public static DateTimeOffset? CompletedAt(ApplicationState state) => state.ReportedEnd ?? state.DecidedAt ?? state.ClosedAt;

    /// <summary>Whether there is still something to do that a clock of the case counts.</summary>
    public static bool IsOpen(ApplicationState state) => state.AcceptedAt is null ? state is { IsClosed: false, ReportedEnd: null } : CompletedAt(state) is null;

    private static bool Changed(ApplicationState before, ApplicationState after, Card card)
    {
        var old = before.Cards.FirstOrDefault(c => c.CardId == card.CardId);
        return old != card || before.Cards.StandingOf(old) != after.Cards.StandingOf(card);
    }

    private static RowChange Application(ApplicationState state, ApplicationView view, WorkingCalendar calendar, long head)
    {
        var statutory = ApplicationClocks.Of(state).FirstOrDefault(clock => clock.Kind == ClockKind.Statutory);
        return RowChange.Put(
            Tables.Applications,
            state.Number,
            state.Registration,
            view.Item,
            state.Item?.Name.Zh ?? "",
            state.Item?.Name.En ?? "",
            state.Item?.Department ?? "",
            CamelCase.Of(state.Channel),
            CamelCase.Of(state.Status),
            CamelCase.Of(state.Light),
            IsOpen(state),
            state.ReceivedAt?.Micros(),
            state.AcceptedAt?.Micros(),
            CompletedAt(state)?.Micros(),
            view.DueAt?.Micros(),
            statutory?.On(calendar).DueAt?.Micros(),
            view.Provisional,
            head);
    }

    private static RowChange CardRow(ApplicationState state, Card card) => RowChange.Put(
        Tables.Cards,
        card.CardId,
        state.Number,
        CamelCase.Of(card.Level),
        CamelCase.Of(card.Clock),
        card.Subject,
        card.Department,
        card.RuleCode,
        (long)card.RuleVersion,
        CamelCase.Of(state.Cards.StandingOf(card)),
        card.InForce,
        card.IssuedAt.Micros(),
        card.RecordedAt.Micros(),
        card.Withdrawal?.At.Micros());

    private static RowChange Task(ApplicationState state, StepView step) => RowChange.Put(
        Tables.Tasks,
        TaskId.Of(state.Number, step.Id),
        state.Number,
        step.Id,
        step.Name.Zh,
        step.Name.En,
        step.Department,
        state.IsClosed && step.State != StepStatus.Done ? CamelCase.Of(StepStatus.Waiting) : CamelCase.Of(step.State),
        step.DueAt?.Micros(),
        CamelCase.Of(step.Light),
        step.ClaimedBy);

    private static RowChange Finding(ApplicationState state, int index)
    {
        var finding = state.Findings[index];
        return RowChange.Put(
            Tables.Findings,
            string.Create(CultureInfo.InvariantCulture, $"{state.Number}.{index + 1}"),
            state.Number,
            CamelCase.Of(finding.Kind),
            finding.Subject,
            finding.Time.Micros());
    }
}
