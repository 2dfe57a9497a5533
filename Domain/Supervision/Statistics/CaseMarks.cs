using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Supervision.Statistics;

/// <summary>The marks of a case as it stands (S8, S9).</summary>
public static class CaseMarks
{
    /// <summary>
    /// All of them. What the applicant withdrew or what was refused before acceptance was neither accepted nor completed; of the cards only
    /// the highest in force counts, once, so that a withdrawn one gives its points back.
    /// </summary>
    public static ImmutableArray<Mark> Of(ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar)
    {
        if (state.Item is not { } item)
            return [];
        var marks = ImmutableArray.CreateBuilder<Mark>();
        if (state.AcceptedAt is { } accepted)
        {
            marks.Add(new Accepted(calendar.DateOf(accepted), item.Department, item.Code, null, null, LimitUse.PromisePercent(item.StatutoryLimit, item.CommittedLimit)));
            if ((state.ReportedEnd ?? state.DecidedAt) is { } ended)
                marks.Add(Done(item.Department, item.Code, null, null, accepted, ended, clocks, calendar));
        }

        foreach (var run in Runs(state, item))
        {
            marks.Add(new Accepted(calendar.DateOf(run.OpenedAt), run.Department, item.Code, run.Step, null, 0));
            if (run.Done is { } done)
                marks.Add(Done(run.Department, item.Code, run, run.Person, run.OpenedAt, done, clocks, calendar));
        }

        if (state.Cards.Where(c => c.InForce).MaxBy(c => c.Level) is { } card)
            Cards(state, item, card, calendar, marks);
        foreach (var finding in state.Findings)
            if (item.TimeRule.Inspections.Of(finding.Kind) is { Points: > 0 } rule)
                marks.Add(new FindingScored(calendar.DateOf(finding.Time), item.Department, item.Code, null, null, finding.Kind, rule.Points));
        return marks.ToImmutable();
    }

    private static Completed Done(
        string department,
        string item,
        Run? run,
        string? person,
        DateTimeOffset from,
        DateTimeOffset to,
        ImmutableArray<ApplicationClock> clocks,
        WorkingCalendar calendar)
    {
        var law = run is null ? clocks.FirstOrDefault(c => c.Kind == ClockKind.Statutory) : clocks.FirstOrDefault(c => c.Kind == ClockKind.Step && c.Subject == run.Subject);
        var limit = run is null ? clocks.FirstOrDefault(c => c.Kind == ClockKind.Committed) ?? law : law;
        var took = law is null ? 100L * calendar.Workdays(calendar.DateOf(from).AddDays(1), calendar.DateOf(to).AddDays(1)) : LimitUse.Hundredths(law, calendar, to);
        return new Completed(
            calendar.DateOf(to),
            department,
            item,
            run?.Step,
            person,
            limit?.On(calendar).DueAt is not { } due || to <= due,
            limit is null ? 0 : LimitUse.LeftPercent(limit, calendar, to),
            took);
    }

    // The card of a step's clock is that step's; any other is of the steps that held the case when it fell.
    private static void Cards(ApplicationState state, ItemDefinition item, Card card, WorkingCalendar calendar, ImmutableArray<Mark>.Builder marks)
    {
        var day = calendar.DateOf(card.IssuedAt);
        marks.Add(new CardScored(day, card.Department, item.Code, null, null, card.Level, card.IssuedAt));
        foreach (var run in Runs(state, item))
            if (card.Clock == ClockKind.Step ? run.Subject == card.Subject : run.OpenedAt <= card.IssuedAt && !(run.EndedAt <= card.IssuedAt))
                marks.Add(new CardScored(day, run.Department, item.Code, run.Step, run.Person, card.Level, card.IssuedAt));
    }

    private static IEnumerable<Run> Runs(ApplicationState state, ItemDefinition item)
    {
        for (var i = 0; i < state.Steps.Length; i++)
        {
            var (step, department) = (state.Steps[i], item.Steps[i].Department);
            for (var earlier = 0; earlier < step.Earlier.Length; earlier++)
            {
                var run = step.Earlier[earlier];
                yield return new(step.Id, StepState.SubjectOf(step.Id, earlier), department, run.Person, run.OpenedAt, run.EndedAt, run.Outcome is null ? null : run.EndedAt);
            }

            if (step.OpenedAt is { } opened)
                yield return new(step.Id, step.Subject, department, step.Person, opened, step.CompletedAt, step.CompletedAt);
        }
    }

    private sealed record Run(string Step, string Subject, string Department, string? Person, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, DateTimeOffset? Done);
}
