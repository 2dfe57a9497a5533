using OneStop.Domain.Calendars;

namespace OneStop.Silo.City;

/// <summary>When people of the city do something: at random seconds of the office hours of working days.</summary>
internal sealed class CityHours(WorkingCalendar calendar)
{
    /// <summary>A moment of a day's office hours.</summary>
    public DateTimeOffset Within(DateOnly day, Random random)
    {
        var session = calendar.OfficeHours[random.Next(calendar.OfficeHours.Length)];
        return calendar.FromLocal(day.ToDateTime(session.From).AddSeconds(random.Next((int)(session.To - session.From).TotalSeconds)));
    }

    /// <summary>A moment so many working days after another, always later.</summary>
    public DateTimeOffset After(DateTimeOffset instant, double workdays, Random random)
    {
        var date = calendar.DateOf(instant);
        for (var days = (int)workdays; ; days++)
        {
            var day = calendar.AddWorkdays(date, days);
            if (Within(day, random) is var moment && moment > instant) return moment;
        }
    }

    /// <summary>When the cases of a year come in, in order: most at the office, four in ten at any hour of a working day.</summary>
    public DateTimeOffset[] Arrivals(int year, int cases, Random random)
    {
        const double online = 0.4;
        var (before, workdays) = (new DateOnly(year - 1, 12, 31), calendar.WorkdaysIn(year));
        var arrivals = new DateTimeOffset[cases];
        for (var i = 0; i < cases; i++)
        {
            var day = calendar.AddWorkdays(before, random.Next(workdays) + 1);
            arrivals[i] = random.NextDouble() < online ? calendar.StartOf(day).AddSeconds(random.Next(24 * 3600)) : Within(day, random);
        }

        Array.Sort(arrivals);
        return arrivals;
    }
}
