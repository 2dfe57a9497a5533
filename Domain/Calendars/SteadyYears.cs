namespace OneStop.Domain.Calendars;

/// <summary>
/// The years in which a zone never changes its clocks: there a wall clock and an instant differ by one number, and nobody has to
/// ask the zone's rules for each of the many instants that a case's clocks rest on. In China all years since 1992 are such.
/// </summary>
internal sealed class SteadyYears(TimeZoneInfo zone)
{
    private const int First = 1900;
    private const int Last = 2199;
    private const long NotLooked = 0;
    private const long Changing = -1;

    // Ticks of the offset, moved so that neither value above is one of them.
    private readonly long[] _years = new long[Last - First + 1];

    private static long Shift => TimeSpan.FromDays(2).Ticks;

    /// <summary>
    /// The offset that holds from a day before a year to a day after it, in local time and in UTC; null when the clocks change, and for
    /// years so far away that nobody will ask for them often.
    /// </summary>
    public TimeSpan? OffsetIn(int year)
    {
        if (year is < First or > Last)
            return null;
        var known = Volatile.Read(ref _years[year - First]);
        if (known == NotLooked)
        {
            // Two threads may look at the same year; both find the same.
            known = Look(year);
            Volatile.Write(ref _years[year - First], known);
        }

        return known == Changing ? null : new TimeSpan(known - Shift);
    }

    // Day by day: no zone changes its clocks twice within one and has them as before.
    private long Look(int year)
    {
        var (day, end) = (new DateTime(year - 1, 12, 30, 0, 0, 0, DateTimeKind.Utc), new DateTime(year + 1, 1, 3, 0, 0, 0, DateTimeKind.Utc));
        var offset = zone.GetUtcOffset(day);
        for (; day < end; day = day.AddDays(1))
            if (zone.GetUtcOffset(day) != offset)
                return Changing;
        return offset.Ticks + Shift;
    }
}
