using System.Collections.Immutable;
using OneStop.Domain.Calendars;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>The lights of steps, which change by their own clocks and give no cards.</summary>
internal static class StepLights
{
    public static void Settle(Deliberation d, Func<ApplicationClock, bool> open, Func<DateTimeOffset, bool> isDue)
    {
        foreach (var clock in d.Clocks)
        {
            // What an earlier run was is settled; only the run that counts has a light.
            if (clock.Kind != ClockKind.Step || !open(clock) || d.State.Steps.FirstOrDefault(s => s.OpenedAt is not null && s.Subject == clock.Subject) is not { } step)
                continue;
            var light = Light.Green;
            foreach (var threshold in d.State.Item!.TimeRule.StepLights)
                if ((Light)threshold.Level > light && clock.Reaches(threshold.OffsetWorkingDays, d.Calendar) is { } instant && isDue(instant))
                    light = (Light)threshold.Level;
            if (light != step.Light)
                d.Record(new StepLightChanged(d.At, Actor.System.User, step.Id, light));
        }
    }

    public static DateTimeOffset? Next(ApplicationState state, ImmutableArray<ApplicationClock> clocks, WorkingCalendar calendar)
    {
        DateTimeOffset? next = null;
        foreach (var clock in clocks)
            foreach (var threshold in state.Item!.TimeRule.StepLights)
                if (clock is { Kind: ClockKind.Step, StoppedAt: null } && (Light)threshold.Level > state.Steps.First(s => s.Subject == clock.Subject).Light && clock.Reaches(threshold.OffsetWorkingDays, calendar) is { } instant && !(next <= instant))
                    next = instant;
        return next;
    }
}
