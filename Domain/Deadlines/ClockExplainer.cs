using System.Collections.Immutable;
using OneStop.Domain.Calendars;

namespace OneStop.Domain.Deadlines;

/// <summary>Tells day by day how a clock came to its due instant.</summary>
internal static class ClockExplainer
{
    public static ImmutableArray<DayCount> Explain(Clock clock, DateTimeOffset until)
    {
        var calendar = clock.Calendar;
        var end = clock.DueAt ?? until;
        if (clock.Limit is FixedInstant || end < clock.Start)
            return [];
        var first = calendar.DateOf(clock.Start);
        var last = clock.LastDay(end);
        var arithmetic = new ClockArithmetic(calendar, clock.Start, clock.Counting, new SuspendedTime(calendar, clock.Suspensions));
        var days = ImmutableArray.CreateBuilder<DayCount>();
        for (var date = first; date <= last || date == first; date = date.AddDays(1))
        {
            var day = calendar.Explain(date);
            var suspensions = Touching(clock, date);
            var share = Share(clock, arithmetic, day, date == first, suspensions.Length > 0, end);
            days.Add(new DayCount(date, day.Kind, day.Name, Reason(clock, day, date == first, suspensions, share), share, suspensions, day.Provisional));
        }

        return days.ToImmutable();
    }

    private static double Share(Clock clock, ClockArithmetic arithmetic, DayExplanation day, bool first, bool suspended, DateTimeOffset end)
    {
        var calendar = clock.Calendar;
        if (clock.Limit is CalendarTime)
        {
            var from = Instants.Later(clock.Start, calendar.StartOf(day.Date)).UtcDateTime;
            var dayEnd = calendar.EndOf(day.Date).UtcDateTime;
            return (double)arithmetic.Passed(from, end.UtcDateTime < dayEnd ? end.UtcDateTime : dayEnd) / TimeSpan.TicksPerDay;
        }

        if (!day.IsWorkday)
            return 0;
        if (clock.Limit is WorkingDays && clock.Counting == Counting.Days)
            return first || suspended ? 0 : 1;
        var time = clock.Limit is WorkingHours ? WorkTime.OfficeHours(calendar) : WorkTime.WholeDays(calendar);
        var begin = day.Date.ToDateTime(TimeOnly.MinValue);
        var start = calendar.ToLocal(clock.Start);
        var stop = calendar.ToLocal(end);
        return (double)arithmetic.Worked(time, start > begin ? start : begin, stop < begin.AddDays(1) ? stop : begin.AddDays(1)) / time.PerDay;
    }

    private static DayReason Reason(Clock clock, DayExplanation day, bool first, ImmutableArray<string> suspensions, double share)
    {
        if (share > 0)
            return DayReason.Counted;
        if (first && clock.Limit is WorkingDays && clock.Counting == Counting.Days)
            return DayReason.FirstDay;
        return day.Kind switch
        {
            DayKind.Weekend when clock.Limit is not CalendarTime => DayReason.Weekend,
            DayKind.Holiday when clock.Limit is not CalendarTime => DayReason.Holiday,
            _ => suspensions.IsEmpty ? DayReason.OutsideHours : DayReason.Suspended,
        };
    }

    private static ImmutableArray<string> Touching(Clock clock, DateOnly date)
    {
        if (clock.Suspensions.IsEmpty)
            return [];
        return
        [
            .. clock.Suspensions.Where(s =>
            {
                var (first, last) = SuspendedTime.DaysOf(clock.Calendar, s);
                return first <= date && date <= last;
            }).Select(s => s.Reason),
        ];
    }
}
