using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Catalogue;

/// <summary>Lengths of limits, to compare those that can be compared: working time with working time, exact time with exact time.</summary>
internal static class LimitLength
{
    // A working day holds six office hours unless a calendar says otherwise; a definition is not bound to one version of it.
    private const long OfficeHoursOfADay = 6;

    /// <summary>Whether limits together are longer than another; null when they cannot be compared.</summary>
    public static bool? Longer(ReadOnlySpan<Limit> limits, Limit bound)
    {
        var (workingBound, most) = Of(bound);
        var sum = 0L;
        foreach (var limit in limits)
        {
            var (working, ticks) = Of(limit);
            if (working != workingBound || limit is FixedInstant != bound is FixedInstant)
                return null;
            sum += ticks;
        }

        return sum > most;
    }

    /// <summary>Whether it is working time, and its length in ticks of it.</summary>
    public static (bool Working, long Ticks) Of(Limit limit) => limit switch
    {
        WorkingDays days => (true, days.Days * OfficeHoursOfADay * TimeSpan.TicksPerHour),
        WorkingHours hours => (true, hours.Hours * TimeSpan.TicksPerHour),
        CalendarTime time => (false, time.Duration.Ticks),
        FixedInstant instant => (false, instant.Instant.UtcTicks),
        _ => throw new InvalidOperationException($"Limit {limit.GetType().Name} is not known."),
    };
}
