using System.Collections.Immutable;
using OneStop.Domain.Calendars;

namespace OneStop.Domain.Deadlines;

/// <summary>
/// One clock (时限) on a calendar: from its start, by its limit, without what is suspended, to its due instant.
/// All instants come back with the offset of the calendar's time zone.
/// </summary>
public sealed class Clock
{
    private readonly ClockArithmetic _arithmetic;
    private readonly int _extension;

    // Each rule asks for the same few instants again and again.
    private Known? _known;

    /// <summary>Sets a clock up.</summary>
    /// <param name="calendar">Says which days are worked and when a day ends.</param>
    /// <param name="start">When it starts.</param>
    /// <param name="limit">How long it may run.</param>
    /// <param name="counting">How working days are counted.</param>
    /// <param name="suspensions">What does not count, in any order; overlaps count once.</param>
    /// <param name="extension">Working days added by an extension (article 42). Default: none.</param>
    public Clock(WorkingCalendar calendar, DateTimeOffset start, Limit limit, Counting counting, ImmutableArray<Suspension> suspensions, int extension = 0)
    {
        Calendar = calendar;
        Start = calendar.Here(start);
        Limit = limit;
        Counting = counting;
        Suspensions = limit is FixedInstant ? [] : suspensions;
        _extension = extension;
        _arithmetic = new ClockArithmetic(calendar, Start, counting, new SuspendedTime(calendar, Suspensions));
    }

    /// <summary>The calendar it runs on.</summary>
    public WorkingCalendar Calendar { get; }

    /// <summary>When it starts.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>How long it may run, without an extension.</summary>
    public Limit Limit { get; }

    /// <summary>How working days are counted.</summary>
    public Counting Counting { get; }

    /// <summary>What does not count.</summary>
    public ImmutableArray<Suspension> Suspensions { get; }

    /// <summary>The due instant; any instant after it is over, however small. Null while an open suspension keeps it unknown.</summary>
    public DateTimeOffset? DueAt => At(_extension);

    /// <summary>Whether the due instant rests on days of a year whose arrangement is not published yet (A11).</summary>
    public bool Provisional
    {
        get
        {
            if (DueAt is not { } due || (Limit is FixedInstant or CalendarTime && _extension == 0))
                return false;
            for (var year = Calendar.DateOf(Start).Year; year <= LastDay(due).Year; year++)
                if (!Calendar.IsPublished(year))
                    return true;
            return false;
        }
    }

    /// <summary>
    /// The instant of a level that stands some working days before (negative) or after the limit, never before the
    /// start. Before the limit, day counting takes the end of the working day after which that many remain; elapsed
    /// counting, where a begun day counts whole (overDays = ceil(used - limit)), the beginning of that day.
    /// </summary>
    /// <param name="offset">Working days; 0 is the limit itself.</param>
    /// <returns>The instant; null while an open suspension keeps it unknown.</returns>
    public DateTimeOffset? InstantAfter(int offset)
    {
        if (offset < 0 && Counting == Counting.Elapsed)
            offset--;
        return At(_extension + offset) is { } instant ? Instants.Later(Start, instant) : null;
    }

    /// <summary>
    /// Working days used at an instant: whole counted days that have ended (day counting) or a fraction by the exact
    /// time (elapsed counting, and of office hours for a limit in those).
    /// </summary>
    public double UsedWorkdays(DateTimeOffset at) => Limit switch
    {
        WorkingHours => _arithmetic.Used(WorkTime.OfficeHours(Calendar), at),
        _ when Counting == Counting.Days => _arithmetic.UsedDays(at),
        _ => _arithmetic.Used(WorkTime.WholeDays(Calendar), at),
    };

    /// <summary>Every day from the start to the due day, counted or not and why (A10).</summary>
    /// <param name="until">Where to stop while no due instant is known.</param>
    public ImmutableArray<DayCount> Explain(DateTimeOffset until) => ClockExplainer.Explain(this, until);

    internal DateOnly LastDay(DateTimeOffset end) => Calendar.DateOf(end.AddTicks(-1));

    private DateTimeOffset? At(int shift)
    {
        for (var known = _known; known is not null; known = known.Next)
            if (known.Shift == shift)
                return known.Instant;
        return (_known = new Known(shift, Reckon(shift), _known)).Instant;
    }

    private DateTimeOffset? Reckon(int shift) => Limit switch
    {
        WorkingDays days when Counting == Counting.Days => _arithmetic.EndOfDay(Calendar.DateOf(Start), days.Days + shift),
        WorkingDays days => _arithmetic.After(WorkTime.WholeDays(Calendar), 0, days.Days + shift),
        WorkingHours hours => _arithmetic.After(WorkTime.OfficeHours(Calendar), hours.Hours * TimeSpan.TicksPerHour, shift),
        CalendarTime time => _arithmetic.Exact(time.Duration) is { } due ? _arithmetic.Shift(due, LastDay(due), shift) : null,
        FixedInstant instant => _arithmetic.Shift(Calendar.Here(instant.Instant), LastDay(instant.Instant), shift),
        _ => throw new InvalidOperationException($"Limit {Limit.GetType().Name} is not known."),
    };

    private sealed record Known(int Shift, DateTimeOffset? Instant, Known? Next);
}
