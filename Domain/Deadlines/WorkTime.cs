using System.Collections.Immutable;
using OneStop.Domain.Calendars;

namespace OneStop.Domain.Deadlines;

/// <summary>
/// Arithmetic over the worked part of days: all 24 hours of each working day (elapsed counting) or its office hours.
/// Times are the wall clock of the calendar's zone; amounts are ticks.
/// </summary>
internal sealed class WorkTime
{
    private readonly WorkingCalendar _calendar;
    private readonly ImmutableArray<(long From, long To)> _sessions;

    private WorkTime(WorkingCalendar calendar, ImmutableArray<(long From, long To)> sessions)
    {
        _calendar = calendar;
        _sessions = sessions;
        PerDay = sessions.Sum(s => s.To - s.From);
    }

    /// <summary>What one working day holds.</summary>
    public long PerDay { get; }

    public static WorkTime WholeDays(WorkingCalendar calendar) => new(calendar, [(0, TimeSpan.TicksPerDay)]);

    public static WorkTime OfficeHours(WorkingCalendar calendar) =>
        new(calendar, [.. calendar.OfficeHours.Select(s => (s.From.Ticks, s.To.Ticks))]);

    /// <summary>The worked time between two times; 0 when the second is not later.</summary>
    public long Between(DateTime from, DateTime to) => to <= from
        ? 0
        : Part(to) - Part(from) + (PerDay * _calendar.Workdays(DateOnly.FromDateTime(from), DateOnly.FromDateTime(to)));

    /// <summary>The earliest time by which an amount (more than 0) has been worked.</summary>
    public DateTime Add(DateTime from, long amount)
    {
        var day = DateOnly.FromDateTime(from);
        if (_calendar.IsWorkday(day))
        {
            var worked = Part(from) + amount;
            if (worked <= PerDay)
                return from.Date.AddTicks(EarliestWith(worked));
            amount = worked - PerDay;
        }

        var wholeDays = (int)((amount - 1) / PerDay);
        return _calendar.AddWorkdays(day, wholeDays + 1).ToDateTime(TimeOnly.MinValue).AddTicks(EarliestWith(amount - (wholeDays * PerDay)));
    }

    /// <summary>The same, without the suspended times; null when an open suspension comes first.</summary>
    public DateTime? Add(DateTime from, long amount, ImmutableArray<(DateTime From, DateTime To)> suspended)
    {
        foreach (var (begin, end) in suspended)
        {
            if (end <= from)
                continue;
            var capacity = Between(from, begin);
            if (amount <= capacity)
                break;
            if (end == DateTime.MaxValue)
                return null;
            amount -= capacity;
            from = end;
        }

        return Add(from, amount);
    }

    /// <summary>The latest time after which an amount (more than 0) is worked until <paramref name="to"/>.</summary>
    public DateTime Subtract(DateTime to, long amount)
    {
        var day = DateOnly.FromDateTime(to);
        var part = Part(to);
        if (amount <= part)
            return to.Date.AddTicks(LatestWith(part - amount));
        amount -= part;
        var wholeDays = (int)((amount - 1) / PerDay);
        return _calendar.AddWorkdays(day.AddDays(-1), -wholeDays).ToDateTime(TimeOnly.MinValue).AddTicks(LatestWith(PerDay - (amount - (wholeDays * PerDay))));
    }

    private long Part(DateTime time)
    {
        if (!_calendar.IsWorkday(DateOnly.FromDateTime(time)))
            return 0;
        var ofDay = time.TimeOfDay.Ticks;
        var worked = 0L;
        foreach (var (from, to) in _sessions)
            worked += Math.Clamp(ofDay - from, 0, to - from);
        return worked;
    }

    private long EarliestWith(long worked)
    {
        foreach (var (from, to) in _sessions)
        {
            if (worked <= to - from)
                return from + worked;
            worked -= to - from;
        }

        return _sessions[^1].To;
    }

    private long LatestWith(long worked)
    {
        foreach (var (from, to) in _sessions)
        {
            if (worked < to - from)
                return from + worked;
            worked -= to - from;
        }

        return _sessions[^1].To;
    }
}
