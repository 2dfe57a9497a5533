using OneStop.Domain.Calendars;

namespace OneStop.Domain.Deadlines;

/// <summary>The counting itself: over whole days, over worked time and over exact time, each without what is suspended.</summary>
internal sealed class ClockArithmetic(WorkingCalendar calendar, DateTimeOffset start, Counting counting, SuspendedTime suspended)
{
    /// <summary>The end of the nth counted working day after a day; null when an open suspension comes first.</summary>
    public DateTimeOffset? EndOfDay(DateOnly day, int workdays)
    {
        var target = calendar.AddWorkdays(day, workdays);
        if (workdays <= 0)
            return calendar.EndOf(target);
        foreach (var (from, to) in suspended.Days)
        {
            if (to <= day)
                continue;
            if (from > target)
                break;
            if (to == DateOnly.MaxValue)
                return null;
            var first = from > day ? from : day.AddDays(1);
            workdays += calendar.Workdays(first, to.AddDays(1));
            target = calendar.AddWorkdays(day, workdays);
        }

        return calendar.EndOf(target);
    }

    /// <summary>When an amount and so many days of worked time have passed since the start.</summary>
    public DateTimeOffset? After(WorkTime time, long amount, int days)
    {
        var total = amount + (days * time.PerDay);
        if (total <= 0)
            return start;
        return time.Add(calendar.ToLocal(start), total, suspended.Local) is { } local ? calendar.FromLocal(local) : null;
    }

    /// <summary>When an exact time has passed since the start.</summary>
    public DateTimeOffset? Exact(TimeSpan duration)
    {
        var due = start.UtcDateTime + duration;
        foreach (var (from, to) in suspended.Exact)
        {
            if (to <= start.UtcDateTime)
                continue;
            if (from >= due)
                break;
            if (to == DateTime.MaxValue)
                return null;
            due += to - (from > start.UtcDateTime ? from : start.UtcDateTime);
        }

        return calendar.Here(new DateTimeOffset(due, TimeSpan.Zero));
    }

    /// <summary>A due instant moved by working days; backwards on the calendar alone.</summary>
    public DateTimeOffset? Shift(DateTimeOffset due, DateOnly dueDay, int workdays)
    {
        if (workdays == 0)
            return due;
        if (counting == Counting.Days)
            return EndOfDay(dueDay, workdays);
        var time = WorkTime.WholeDays(calendar);
        var local = calendar.ToLocal(due);
        var moved = workdays > 0 ? time.Add(local, workdays * time.PerDay, suspended.Local) : time.Subtract(local, -workdays * time.PerDay);
        return moved is { } there ? calendar.FromLocal(there) : null;
    }

    /// <summary>Counted days that have ended at an instant.</summary>
    public int UsedDays(DateTimeOffset at)
    {
        var first = calendar.DateOf(start).AddDays(1);
        var end = calendar.DateOf(at);
        var used = calendar.Workdays(first, end);
        foreach (var (from, to) in suspended.Days)
            used -= calendar.Workdays(from > first ? from : first, to < end ? to.AddDays(1) : end);
        return used;
    }

    /// <summary>Days of worked time that have passed at an instant, as a fraction.</summary>
    public double Used(WorkTime time, DateTimeOffset at) => (double)Worked(time, calendar.ToLocal(start), calendar.ToLocal(at)) / time.PerDay;

    /// <summary>Worked ticks between two local times, without what is suspended.</summary>
    public long Worked(WorkTime time, DateTime from, DateTime to)
    {
        var worked = time.Between(from, to);
        foreach (var (begin, end) in suspended.Local)
            worked -= time.Between(begin > from ? begin : from, end < to ? end : to);
        return worked;
    }

    /// <summary>Exact ticks between two instants, without what is suspended.</summary>
    public long Passed(DateTime fromUtc, DateTime toUtc)
    {
        var passed = Math.Max(0, (toUtc - fromUtc).Ticks);
        foreach (var (begin, end) in suspended.Exact)
            passed -= Math.Max(0, ((end < toUtc ? end : toUtc) - (begin > fromUtc ? begin : fromUtc)).Ticks);
        return passed;
    }
}
