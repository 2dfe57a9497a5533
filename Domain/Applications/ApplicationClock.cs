using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>One of the clocks of a case.</summary>
/// <param name="Kind">What it measures.</param>
/// <param name="Subject">The step's id, the round's or procedure's number; null for the case's own clocks.</param>
/// <param name="Start">When it started.</param>
/// <param name="Limit">How long it may run, without an extension.</param>
/// <param name="Counting">How working days are counted.</param>
/// <param name="ExtensionWorkingDays">Working days added by an extension.</param>
/// <param name="Suspensions">What does not count.</param>
/// <param name="StoppedAt">When what it measures was done or the case ended; null while it runs.</param>
public sealed record ApplicationClock(
    ClockKind Kind,
    string? Subject,
    DateTimeOffset Start,
    Limit Limit,
    Counting Counting,
    int ExtensionWorkingDays,
    ImmutableArray<Suspension> Suspensions,
    DateTimeOffset? StoppedAt)
{
    /// <summary>The clock on a calendar.</summary>
    public Clock On(WorkingCalendar calendar) => new(calendar, Start, Limit, Counting, Suspensions, ExtensionWorkingDays);

    /// <summary>
    /// When a level is reached with the case still running. What is done at exactly the instant is done in time.
    /// </summary>
    /// <param name="offset">Working days from the limit.</param>
    /// <param name="calendar">The calendar.</param>
    /// <returns>The instant; null when it is not known, or what the clock measures was done before.</returns>
    internal DateTimeOffset? Reaches(int offset, WorkingCalendar calendar)
    {
        var clock = On(calendar);
        if (clock.InstantAfter(offset) is not { } instant)
            return null;
        if (StoppedAt is not { } stopped || instant < stopped)
            return instant;
        // A deadline that was set before the start is over from the start on, also for what ends at once.
        return Limit is FixedInstant && instant == stopped && clock.DueAt < stopped ? instant : null;
    }
}
