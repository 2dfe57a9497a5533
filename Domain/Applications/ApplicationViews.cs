using System.Collections.Immutable;
using OneStop.Domain.Attachments;
using OneStop.Domain.Calendars;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>A step as it is shown.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Department">Code of its department.</param>
/// <param name="State">Where it is.</param>
/// <param name="DueAt">When it is due: by its own limit, otherwise with the case; null while that is not known.</param>
/// <param name="Light">Its light: its own, or the case's when it has no limit of its own and can be worked on.</param>
/// <param name="ClaimedBy">The account that has or completed it; null for nobody.</param>
[GenerateSerializer, Immutable]
public sealed record StepView(string Id, LocalizedText Name, string Department, StepStatus State, DateTimeOffset? DueAt, Light Light, string? ClaimedBy);

/// <summary>A case as it is shown now.</summary>
/// <param name="AcceptanceNumber">Its number.</param>
/// <param name="Item">Code of its item; empty while a reported case's start is not known.</param>
/// <param name="State">Where it is in its course.</param>
/// <param name="Light">The highest level in force.</param>
/// <param name="DueAt">When it is due, see <see cref="ApplicationClocks.Leading"/>; null while that is not known or nothing is due.</param>
/// <param name="Provisional">Whether that rests on days of a year whose arrangement is not published yet.</param>
/// <param name="Steps">Its steps.</param>
[GenerateSerializer, Immutable]
public sealed record ApplicationView(
    string AcceptanceNumber,
    string Item,
    ApplicationStatus State,
    Light Light,
    DateTimeOffset? DueAt,
    bool Provisional,
    ImmutableArray<StepView> Steps)
{
    /// <summary>The files handed in. Default: none.</summary>
    [Id(0)]
    public ImmutableArray<AttachmentView> Attachments { get; init; } = [];

    /// <summary>When it was archived (归档); nothing of it is changed any more. Default: null, it is not.</summary>
    [Id(1)]
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>The same as the public sees it (A12): it names nobody who works on the case.</summary>
    public ApplicationView ForPublic() => this with { Steps = [.. Steps.Select(step => step with { ClaimedBy = null })] };

    /// <summary>The view of a case.</summary>
    /// <param name="state">The case.</param>
    /// <param name="calendar">The calendar of its item.</param>
    public static ApplicationView Of(ApplicationState state, WorkingCalendar calendar) => Of(state, ApplicationClocks.Of(state), calendar);

    internal static ApplicationView Of(ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar)
    {
        var leading = ApplicationClocks.Leading(state, clocks)?.On(calendar);
        var views = ImmutableArray.CreateBuilder<StepView>(state.Steps.Length);
        for (var i = 0; i < state.Steps.Length; i++)
        {
            var step = state.Steps[i];
            var definition = state.Item!.Steps[i];
            var own = clocks.FirstOrDefault(c => c.Kind == ClockKind.Step && step.OpenedAt is not null && c.Subject == step.Subject);
            var due = own is not null ? own.On(calendar).DueAt : step.IsRunning ? leading?.DueAt : null;
            var light = definition.Limit is null && step.IsRunning ? state.Light : step.Light;
            views.Add(new(step.Id, definition.Name, definition.Department, step.Status, due, light, step.Person));
        }

        return new(state.Number, state.Item?.Code ?? "", state.Status, state.Light, leading?.DueAt, leading?.Provisional ?? false, views.MoveToImmutable())
        {
            Attachments = [.. state.Attachments.Select(AttachmentView.Of)],
            ArchivedAt = state.ArchivedAt,
        };
    }

    /// <summary>Each clock of a case with its counted and uncounted days and why (A10).</summary>
    /// <param name="state">The case.</param>
    /// <param name="calendar">The calendar of its item.</param>
    /// <param name="now">The present.</param>
    public static ImmutableArray<ClockExplanation> Explain(ApplicationState state, WorkingCalendar calendar, DateTimeOffset now) =>
    [
        .. ApplicationClocks.Of(state).Select(c =>
        {
            var clock = c.On(calendar);
            var until = c.StoppedAt is { } stopped && stopped < now ? stopped : now;
            return new ClockExplanation(
                c.Kind, c.Subject, clock.Start, c.Limit, c.ExtensionWorkingDays, c.Counting, clock.DueAt, Standing(state, c), c.StoppedAt,
                clock.UsedWorkdays(until), clock.Provisional, c.Suspensions, clock.Explain(until));
        }),
    ];

    private static ClockStanding Standing(ApplicationState state, ApplicationClock clock)
    {
        if (clock.StoppedAt is null)
            return clock.Suspensions.Any(s => s.To is null) ? ClockStanding.StandingStill : ClockStanding.Running;
        if (clock.Kind == ClockKind.Explanation)
            return state.Cards.Any(c => c.CardId == clock.Subject && c.ExplainedAt == clock.StoppedAt) ? ClockStanding.Done : ClockStanding.Stopped;
        var broken = state.Status is ApplicationStatus.Refused or ApplicationStatus.Withdrawn && clock.StoppedAt == state.ClosedAt;
        return broken && !(state.Status == ApplicationStatus.Refused && clock.Kind is ClockKind.Acceptance or ClockKind.PreAcceptance)
            ? ClockStanding.Stopped
            : ClockStanding.Done;
    }
}
