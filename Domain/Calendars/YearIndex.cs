namespace OneStop.Domain.Calendars;

/// <summary>The working days of one year, prepared so that counting and stepping over them takes no walk.</summary>
internal sealed class YearIndex
{
    private readonly ushort[] _rank;
    private readonly ushort[] _days;

    public YearIndex(int year, Func<DateOnly, bool> isWorkday)
    {
        var first = new DateOnly(year, 1, 1);
        var length = DateTime.IsLeapYear(year) ? 366 : 365;
        _rank = new ushort[length + 1];
        var days = new List<ushort>(262);
        for (var i = 1; i <= length; i++)
        {
            if (isWorkday(first.AddDays(i - 1)))
                days.Add((ushort)i);
            _rank[i] = (ushort)days.Count;
        }

        _days = [.. days];
    }

    /// <summary>How many working days the year has.</summary>
    public int Count => _days.Length;

    /// <summary>How many working days lie on or before a day of the year (1 to 366).</summary>
    public int Rank(int dayOfYear) => _rank[dayOfYear];

    /// <summary>The day of the year of its nth working day, from 1.</summary>
    public int Select(int n) => _days[n - 1];

    public bool IsWorkday(int dayOfYear) => _rank[dayOfYear] != _rank[dayOfYear - 1];
}
