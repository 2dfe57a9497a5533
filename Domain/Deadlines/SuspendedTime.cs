using System.Collections.Immutable;
using OneStop.Domain.Calendars;

namespace OneStop.Domain.Deadlines;

/// <summary>Suspensions in order and without overlap, so that what overlaps counts once.</summary>
internal sealed class SuspendedTime
{
    public SuspendedTime(WorkingCalendar calendar, ImmutableArray<Suspension> suspensions)
    {
        if (suspensions.IsEmpty)
            return;
        var sorted = suspensions.OrderBy(s => s.From).ToList();
        Exact = Merge(sorted.Select(s => (s.From.UtcDateTime, To(s)?.UtcDateTime ?? DateTime.MaxValue)), (last, next) => next <= last);
        Local = Merge(sorted.Select(s => (calendar.ToLocal(s.From), To(s) is { } to ? calendar.ToLocal(to) : DateTime.MaxValue)), (last, next) => next <= last);
        Days = Merge(sorted.Select(s => DaysOf(calendar, s)), (last, next) => last == DateOnly.MaxValue || next <= last.AddDays(1));
    }

    /// <summary>By UTC.</summary>
    public ImmutableArray<(DateTime From, DateTime To)> Exact { get; } = [];

    /// <summary>By the wall clock of the calendar's zone.</summary>
    public ImmutableArray<(DateTime From, DateTime To)> Local { get; } = [];

    /// <summary>Whole local days, first and last included; the last one is <see cref="DateOnly.MaxValue"/> while it is open.</summary>
    public ImmutableArray<(DateOnly From, DateOnly To)> Days { get; } = [];

    /// <summary>The whole days that a suspension touches. One that ends at 24:00 does not touch the day after.</summary>
    public static (DateOnly First, DateOnly Last) DaysOf(WorkingCalendar calendar, Suspension suspension)
    {
        var first = calendar.DateOf(suspension.From);
        if (To(suspension) is not { } to)
            return (first, DateOnly.MaxValue);
        var last = calendar.DateOf(to.AddTicks(-1));
        return (first, last < first ? first : last);
    }

    private static DateTimeOffset? To(Suspension suspension) =>
        suspension.To is { } to && to < suspension.From ? suspension.From : suspension.To;

    private static ImmutableArray<(T From, T To)> Merge<T>(IEnumerable<(T From, T To)> sorted, Func<T, T, bool> touches)
        where T : IComparable<T>
    {
        var merged = ImmutableArray.CreateBuilder<(T From, T To)>();
        foreach (var next in sorted)
        {
            if (merged.Count > 0 && touches(merged[^1].To, next.From))
                merged[^1] = (merged[^1].From, merged[^1].To.CompareTo(next.To) >= 0 ? merged[^1].To : next.To);
            else
                merged.Add(next);
        }

        return merged.ToImmutable();
    }
}
