using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Supervision.Statistics;

/// <summary>How much of a limit was used.</summary>
internal static class LimitUse
{
    // A whole per cent that a fraction just misses by its binary form is meant to be reached.
    private const double Rounding = 1e-9;

    /// <summary>Working days up to an instant, in hundredths; in day counting the day itself counts whole (article 82).</summary>
    public static long Hundredths(ApplicationClock clock, WorkingCalendar calendar, DateTimeOffset at) =>
        (long)Math.Round(100 * Math.Max(0, Used(clock.On(calendar), at)));

    /// <summary>How many per cent of the limit were left, rounded down; 0 when it was exceeded or is not known.</summary>
    public static int LeftPercent(ApplicationClock clock, WorkingCalendar calendar, DateTimeOffset at)
    {
        var on = clock.On(calendar);
        if (on.DueAt is not { } due || at > due)
            return 0;
        var (allowed, used) = clock.Limit is CalendarTime or FixedInstant
            ? ((due - clock.Start).TotalDays, (at - clock.Start).TotalDays)
            : (Used(on, due.AddTicks(-1)), Used(on, at));
        return Percent(allowed - used, allowed);
    }

    /// <summary>By how many per cent a promise lies below the law's limit; 0 when they are not limits of one kind.</summary>
    public static int PromisePercent(Limit statutory, Limit? committed) => (statutory, committed) switch
    {
        (WorkingDays law, WorkingDays promise) => Percent(law.Days - promise.Days, law.Days),
        (WorkingHours law, WorkingHours promise) => Percent(law.Hours - promise.Hours, law.Hours),
        (CalendarTime law, CalendarTime promise) => Percent((law.Duration - promise.Duration).Ticks, law.Duration.Ticks),
        _ => 0,
    };

    private static int Percent(double part, double whole) =>
        whole > 0 && part > 0 ? (int)Math.Min(100, Math.Floor((100 * part / whole) + Rounding)) : 0;

    private static double Used(Clock clock, DateTimeOffset at) => clock.Counting == Counting.Days && clock.Limit is not WorkingHours
        ? clock.UsedWorkdays(clock.Calendar.EndOf(clock.Calendar.DateOf(at)))
        : clock.UsedWorkdays(at);
}
