using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Domain.Supervision;
using OneStop.Domain.Supervision.Statistics;

namespace OneStop.Domain.Applications;

/// <summary>What follows from a case as it stands: how it is shown and when it next wants to be woken.</summary>
/// <param name="State">The case.</param>
/// <param name="View">How it is shown.</param>
/// <param name="NextWakeUp">When something becomes due next, see <see cref="ApplicationRules.NextWakeUp"/>.</param>
/// <param name="StatutoryDueAt">When its statutory limit is over; null before acceptance and while that is not known.</param>
/// <param name="Clocks">Its clocks.</param>
/// <param name="Calendar">The calendar they are on.</param>
public sealed record ApplicationOutlook(
    ApplicationState State,
    ApplicationView View,
    DateTimeOffset? NextWakeUp,
    DateTimeOffset? StatutoryDueAt,
    ImmutableArray<ApplicationClock> Clocks,
    WorkingCalendar Calendar)
{
    private Derived<ApplicationOutlook, ImmutableArray<Mark>> marks;

    /// <summary>What of it counts in statistics and scores.</summary>
    public ImmutableArray<Mark> Marks => marks.Of(this, static (seen, _) => CaseMarks.Of(seen.State, seen.Clocks, seen.Calendar));

    /// <summary>By when a card is to be explained; null for a warning.</summary>
    public DateTimeOffset? ExplainBy(Card card) =>
        Clocks.FirstOrDefault(c => c.Kind == ClockKind.Explanation && c.Subject == card.CardId)?.On(Calendar).DueAt;

    /// <summary>When the case was decided or ended; null while it runs.</summary>
    public DateTimeOffset? CompletedAt => State.ReportedEnd ?? State.DecidedAt ?? State.ClosedAt;

    /// <summary>Whether there is still something to do that a clock of the case counts.</summary>
    public bool IsOpen => State.AcceptedAt is null ? State is { IsClosed: false, ReportedEnd: null } : CompletedAt is null;

    /// <summary>Looks at a case once for all of it.</summary>
    /// <param name="state">The case.</param>
    /// <param name="calendar">The calendar of its item.</param>
    public static ApplicationOutlook Of(ApplicationState state, WorkingCalendar calendar)
    {
        var clocks = ApplicationClocks.Of(state);
        return new(
            state,
            ApplicationView.Of(state, clocks, calendar),
            ApplicationRules.NextDue(state, clocks, calendar),
            clocks.FirstOrDefault(c => c.Kind == ClockKind.Statutory)?.On(calendar).DueAt,
            clocks,
            calendar);
    }
}
