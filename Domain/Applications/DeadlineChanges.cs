using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>A deadline that moved, or that became provisional or certain.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Subject">The step, round or procedure of that clock; null for the case's own clocks.</param>
/// <param name="Before">Due before; null when it was not known.</param>
/// <param name="After">Due now; null when it is not known.</param>
[GenerateSerializer, Immutable]
public sealed record DeadlineChange(ClockKind Clock, string? Subject, DateTimeOffset? Before, DateTimeOffset? After)
{
    /// <summary>Whether it rested on days of a year that was not published. Default: false.</summary>
    [Id(0)]
    public bool WasProvisional { get; init; }

    /// <summary>Whether it rests on such days now. Default: false.</summary>
    [Id(1)]
    public bool Provisional { get; init; }
}

/// <summary>Compares the running clocks of a case before and after something happened.</summary>
internal static class DeadlineChanges
{
    public static ImmutableArray<DeadlineChange> Between(ApplicationState before, WorkingCalendar calendarBefore, ApplicationState after, WorkingCalendar calendarAfter)
    {
        var earlier = Running(before, calendarBefore);
        var later = Running(after, calendarAfter);
        var changes = ImmutableArray.CreateBuilder<DeadlineChange>();
        foreach (var key in earlier.Keys.Union(later.Keys))
        {
            var (was, now) = (earlier.GetValueOrDefault(key), later.GetValueOrDefault(key));
            if (was != now)
                changes.Add(new(key.Kind, key.Subject, was.DueAt, now.DueAt) { WasProvisional = was.Provisional, Provisional = now.Provisional });
        }

        return changes.ToImmutable();
    }

    private static Dictionary<(ClockKind Kind, string? Subject), (DateTimeOffset? DueAt, bool Provisional)> Running(ApplicationState state, WorkingCalendar calendar) =>
        ApplicationClocks.Of(state).Where(clock => clock.StoppedAt is null)
            .ToDictionary(clock => (clock.Kind, clock.Subject), clock => (clock.On(calendar).DueAt, clock.On(calendar).Provisional));
}
