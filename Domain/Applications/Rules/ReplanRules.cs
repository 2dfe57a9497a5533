using System.Collections.Immutable;

namespace OneStop.Domain.Applications;

/// <summary>What a changed calendar does to the deadlines of a case (A11).</summary>
internal static class ReplanRules
{
    public static OneStopException? Replan(Deliberation d)
    {
        if (!d.Actor.Is(Role.Admin) && !d.Actor.Is(Role.System))
            return Permissions.Refused("administrators");
        if (d.Book.Previous is not { } previous)
            throw new ArgumentException("To plan again, the rule book must hold the calendar that was in force before.");
        var changes = ImmutableArray.CreateBuilder<DeadlineChange>();
        foreach (var clock in d.Clocks.Where(c => c.StoppedAt is null))
        {
            var before = clock.On(previous).DueAt;
            var after = clock.On(d.Calendar).DueAt;
            if (before != after)
                changes.Add(new(clock.Kind, clock.Subject, before, after));
        }

        if (changes.Count > 0)
            d.Record(new DeadlinesReplanned(d.At, d.By, d.Calendar.Code, d.Calendar.Version, changes.ToImmutable()));
        return null;
    }
}
