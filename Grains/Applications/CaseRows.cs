using System.Globalization;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Supervision;
using OneStop.Grains.Archive;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Records;
using OneStop.Grains.Rollouts;
using OneStop.Grains.Supervision;
using OneStop.Journal;

namespace OneStop.Grains.Applications;

/// <summary>A case's rows: what changed between two states of it.</summary>
internal static class CaseRows
{
    public static IEnumerable<RowChange> Of(ApplicationOutlook before, ApplicationOutlook after, long head)
    {
        var (old, now) = (before.State, after.State);
        yield return Application(after, head);
        foreach (var card in now.Cards)
            if (Changed(old, now, card) || before.ExplainBy(card) != after.ExplainBy(card))
                yield return CardRow(after, card);
        foreach (var archived in ArchiveRows.Of(old, now))
            yield return archived;
        foreach (var publicity in PublicityRows.Of(old, now))
            yield return publicity;
        foreach (var step in after.View.Steps)
            if (old.IsClosed != now.IsClosed || before.View.Steps.FirstOrDefault(s => s.Id == step.Id) != step)
                yield return Task(now, step);
        foreach (var step in old.Steps)
            if (now.Step(step.Id) is null)
                yield return RowChange.Remove(Tables.Tasks, TaskId.Of(now.Number, step.Id));
        for (var i = old.Findings.Length; i < now.Findings.Length; i++)
            yield return Finding(now, i);
        if (!before.Marks.AsSpan().SequenceEqual(after.Marks.AsSpan()))
            yield return PerformanceRows.Of("application/" + now.Number, head, now.LastAt!.Value, after.Marks);
    }

    private static bool Changed(ApplicationState before, ApplicationState after, Card card)
    {
        var old = before.Cards.FirstOrDefault(c => c.CardId == card.CardId);
        return old != card || before.Cards.StandingOf(old) != after.Cards.StandingOf(card);
    }

    private static RowChange Application(ApplicationOutlook outlook, long head)
    {
        var (state, view) = (outlook.State, outlook.View);
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
            outlook.IsOpen,
            state.ReceivedAt?.Micros(),
            state.AcceptedAt?.Micros(),
            outlook.CompletedAt?.Micros(),
            view.DueAt?.Micros(),
            outlook.StatutoryDueAt?.Micros(),
            view.Provisional,
            head,
            Tables.CalendarOf(state.Item?.Calendar),
            (long)state.CalendarVersion,
            (long)(state.Item?.Version ?? 0),
            state.Item is { } item ? RolloutCases.RuleOf(item.TimeRule.Code, item.TimeRule.Version) : "");
    }

    private static RowChange CardRow(ApplicationOutlook outlook, Card card) => RowChange.Put(
        Tables.Cards,
        card.CardId,
        outlook.State.Number,
        CamelCase.Of(card.Level),
        CamelCase.Of(card.Clock),
        card.Subject,
        card.Department,
        card.RuleCode,
        (long)card.RuleVersion,
        CamelCase.Of(outlook.State.Cards.StandingOf(card)),
        card.InForce,
        card.IssuedAt.Micros(),
        card.RecordedAt.Micros(),
        card.Withdrawal?.At.Micros(),
        outlook.ExplainBy(card)?.Micros(),
        card.ExplainedAt?.Micros(),
        card.ExplanationLapsedAt?.Micros(),
        card.UpheldAt?.Micros());

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
        var (finding, rule) = (state.Findings[index], state.Item!.TimeRule);
        return RowChange.Put(
            Tables.Findings,
            string.Create(CultureInfo.InvariantCulture, $"{state.Number}.{index + 1}"),
            state.Number,
            CamelCase.Of(finding.Kind),
            finding.Subject,
            finding.Time.Micros(),
            rule.Code,
            (long)rule.Version,
            (long?)rule.Inspections.Of(finding.Kind)?.Points);
    }
}
