using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>One of the clocks of a case.</summary>
/// <param name="kind">What it measures.</param>
/// <param name="subject">The step's id, the round's or procedure's number; null for the case's own clocks.</param>
/// <param name="start">When it started.</param>
/// <param name="limit">How long it may run, without an extension.</param>
/// <param name="counting">How working days are counted.</param>
/// <param name="extensionWorkingDays">Working days added by an extension.</param>
/// <param name="suspensions">What does not count.</param>
/// <param name="stoppedAt">When what it measures was done or the case ended; null while it runs.</param>
public sealed class ApplicationClock(
    ClockKind kind,
    string? subject,
    DateTimeOffset start,
    Limit limit,
    Counting counting,
    int extensionWorkingDays,
    ImmutableArray<Suspension> suspensions,
    DateTimeOffset? stoppedAt)
{
    // Every rule of a decision asks the same clock again; setting it up costs more than asking it.
    private Clock? _on;

    /// <summary>What it measures.</summary>
    public ClockKind Kind => kind;

    /// <summary>The step's id, the round's or procedure's number; null for the case's own clocks.</summary>
    public string? Subject => subject;

    /// <summary>When it started.</summary>
    public DateTimeOffset Start => start;

    /// <summary>How long it may run, without an extension.</summary>
    public Limit Limit => limit;

    /// <summary>How working days are counted.</summary>
    public Counting Counting => counting;

    /// <summary>Working days added by an extension.</summary>
    public int ExtensionWorkingDays => extensionWorkingDays;

    /// <summary>What does not count.</summary>
    public ImmutableArray<Suspension> Suspensions => suspensions;

    /// <summary>When what it measures was done or the case ended; null while it runs.</summary>
    public DateTimeOffset? StoppedAt => stoppedAt;

    /// <summary>The clock on a calendar.</summary>
    public Clock On(WorkingCalendar calendar)
    {
        if (_on is { } known && ReferenceEquals(known.Calendar, calendar))
            return known;
        return _on = new Clock(calendar, start, limit, counting, suspensions, extensionWorkingDays);
    }

    internal bool Is(
        DateTimeOffset start, Limit limit, Counting counting, int extensionWorkingDays, ImmutableArray<Suspension> suspensions, DateTimeOffset? stoppedAt) =>
        Start == start && Limit == limit && Counting == counting && ExtensionWorkingDays == extensionWorkingDays && StoppedAt == stoppedAt
        && Suspensions.AsSpan().SequenceEqual(suspensions.AsSpan());

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
