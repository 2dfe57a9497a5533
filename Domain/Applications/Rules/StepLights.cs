using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>The lights of steps, which change by their own clocks and give no cards.</summary>
internal static class StepLights
{
    public static void Settle(Deliberation d, Func<ApplicationClock, bool> open, Func<DateTimeOffset, bool> isDue)
    {
        foreach (var clock in ApplicationClocks.Of(d.State).Where(c => c.Kind == ClockKind.Step && open(c)))
        {
            var light = Light.Green;
            foreach (var threshold in d.State.Item!.TimeRule.StepLights)
                if ((Light)threshold.Level > light && clock.Reaches(threshold.OffsetWorkingDays, d.Calendar) is { } instant && isDue(instant))
                    light = (Light)threshold.Level;
            if (light != d.State.Step(clock.Subject!)!.Light)
                d.Record(new StepLightChanged(d.At, Actor.System.User, clock.Subject!, light));
        }
    }

    public static DateTimeOffset? Next(ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar)
    {
        DateTimeOffset? next = null;
        foreach (var clock in clocks.Where(c => c.Kind == ClockKind.Step))
            foreach (var threshold in state.Item!.TimeRule.StepLights)
                if ((Light)threshold.Level > state.Step(clock.Subject!)!.Light && clock.Reaches(threshold.OffsetWorkingDays, calendar) is { } instant && !(next <= instant))
                    next = instant;
        return next;
    }
}
