using System.Collections.Frozen;
using System.Collections.Immutable;

namespace OneStop.Domain.Calendars;

/// <summary>
/// A working calendar of one jurisdiction: which days are worked, in which time zone a day ends, and the office hours
/// (Administrative Licensing Law, article 82: limits are in working days, without statutory holidays).
/// Immutable and safe for concurrent use; counting over any span of days costs a few array reads.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly FrozenDictionary<DateOnly, DayFact> _facts;
    private readonly FrozenSet<int>? _published;
    private readonly YearIndex?[] _years = new YearIndex?[DateOnly.MaxValue.Year + 1];
    private readonly SteadyYears _steady;

    /// <summary>Prepares a calendar.</summary>
    /// <param name="definition">Its facts.</param>
    /// <exception cref="OneStopException"><c>validation</c>: the time zone is unknown or the office hours overlap.</exception>
    public WorkingCalendar(CalendarDefinition definition)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(definition.TimeZone, out var zone))
            throw Refusals.Validation("/timeZone", "unknown-time-zone", $"There is no time zone '{definition.TimeZone}'.");
        var closed = TimeOnly.MinValue;
        foreach (var session in definition.OfficeHours)
        {
            if (session.From < closed || session.To <= session.From)
                throw Refusals.Validation("/officeHours", "overlap", "Office hours must be in order and must not overlap.");
            closed = session.To;
        }

        if (definition.OfficeHours.IsEmpty)
            throw Refusals.Validation("/officeHours", "required", "A calendar needs office hours.");
        Definition = definition;
        Zone = zone;
        _steady = new SteadyYears(zone);
        _facts = definition.Days.ToFrozenDictionary(d => d.Date);
        _published = definition.PublishedYears?.ToFrozenSet();
    }

    /// <summary>The facts it was made from.</summary>
    public CalendarDefinition Definition { get; }

    /// <summary>Its code, such as <c>cn</c>.</summary>
    public string Code => Definition.Code;

    /// <summary>Grows with each change.</summary>
    public int Version => Definition.Version;

    /// <summary>The time zone whose midnight ends a day.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Office hours of a working day.</summary>
    public ImmutableArray<OfficeSession> OfficeHours => Definition.OfficeHours;

    /// <summary>Whether the year's days off are known; days of other years are provisional.</summary>
    public bool IsPublished(int year) => _published is null || _published.Contains(year);

    /// <summary>What a day is and why.</summary>
    public DayExplanation Explain(DateOnly date)
    {
        var provisional = !IsPublished(date.Year);
        var weekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        if (!_facts.TryGetValue(date, out var fact))
            return new(date, weekend ? DayKind.Weekend : DayKind.Workday, null, provisional);
        if (fact.IsOff)
            return new(date, DayKind.Holiday, fact.Name, provisional);
        return weekend ? new(date, DayKind.MakeUpWorkday, fact.Name, provisional) : new(date, DayKind.Workday, null, provisional);
    }

    /// <summary>Whether a day is worked.</summary>
    public bool IsWorkday(DateOnly date) => Year(date.Year).IsWorkday(date.DayOfYear);

    /// <summary>How many working days a year has.</summary>
    public int WorkdaysIn(int year) => Year(year).Count;

    /// <summary>How many working days lie from <paramref name="from"/> up to but without <paramref name="to"/>; 0 when it is not later.</summary>
    public int Workdays(DateOnly from, DateOnly to)
    {
        if (to <= from)
            return 0;
        var last = to.AddDays(-1);
        var count = Year(last.Year).Rank(last.DayOfYear) - Year(from.Year).Rank(from.DayOfYear) + (IsWorkday(from) ? 1 : 0);
        for (var year = from.Year; year < last.Year; year++)
            count += Year(year).Count;
        return count;
    }

    /// <summary>
    /// Steps over working days: the nth one after <paramref name="date"/>; for 0 the last one on or before it;
    /// for a negative number that many before that one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The answer lies outside the years 1 to 9999.</exception>
    public DateOnly AddWorkdays(DateOnly date, int workdays)
    {
        var year = date.Year;
        var rank = Year(year).Rank(date.DayOfYear) + workdays;
        while (rank < 1)
            rank += Year(--year).Count;
        while (rank > Year(year).Count)
            rank -= Year(year++).Count;
        return new DateOnly(year, 1, 1).AddDays(Year(year).Select(rank) - 1);
    }

    /// <summary>The local day an instant falls on.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(ToLocal(instant));

    /// <summary>The instant a day begins, 00:00 local time.</summary>
    public DateTimeOffset StartOf(DateOnly date) => FromLocal(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>The instant a day ends, 24:00 local time.</summary>
    public DateTimeOffset EndOf(DateOnly date) => StartOf(date.AddDays(1));

    /// <summary>The wall clock of the calendar's time zone at an instant.</summary>
    public DateTime ToLocal(DateTimeOffset instant) => Here(instant).DateTime;

    /// <summary>The same instant with the offset of the calendar's time zone.</summary>
    public DateTimeOffset Here(DateTimeOffset instant) => _steady.OffsetIn(instant.UtcDateTime.Year) is { } offset
        ? instant.ToOffset(offset)
        : TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>
    /// The instant at which the wall clock shows a time: the first of two in autumn; where spring skips it, the
    /// instant of the change itself.
    /// </summary>
    public DateTimeOffset FromLocal(DateTime local)
    {
        if (_steady.OffsetIn(local.Year) is { } steady)
            return new(local, steady);
        if (Zone.IsInvalidTime(local))
        {
            var minute = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
            while (Zone.IsInvalidTime(minute))
                minute = minute.AddMinutes(1);
            local = minute;
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new(local, offset);
    }

    private YearIndex Year(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, DateOnly.MaxValue.Year);
        var index = Volatile.Read(ref _years[year]);
        if (index is not null)
            return index;
        // Two threads may build the same year; both get the same answer and one of them stays.
        index = new YearIndex(year, date => Explain(date).IsWorkday);
        Volatile.Write(ref _years[year], index);
        return index;
    }
}
