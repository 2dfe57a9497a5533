using System.Collections.Immutable;
using OneStop.Domain.Calendars;

namespace OneStop.Domain.Applications;

/// <summary>One decision being made: each event takes effect at once, so that the next rule sees the case after it.</summary>
internal sealed class Deliberation(ApplicationState state, Actor actor, RuleBook book, DateTimeOffset at)
{
    private readonly ImmutableArray<ApplicationEvent>.Builder _events = ImmutableArray.CreateBuilder<ApplicationEvent>();

    public ApplicationState State { get; private set; } = state;

    /// <summary>The clocks of the case as it is now.</summary>
    public ImmutableArray<ApplicationClock> Clocks => State.Clocks;

    public Actor Actor { get; } = actor;

    /// <summary>The account under which events are recorded.</summary>
    public string By => Actor.User;

    public RuleBook Book { get; } = book;

    public WorkingCalendar Calendar => Book.Calendar;

    /// <summary>When the events are recorded.</summary>
    public DateTimeOffset At { get; } = at;

    public ImmutableArray<ApplicationEvent> Events => _events.ToImmutable();

    public void Record(ApplicationEvent happened)
    {
        _events.Add(happened);
        State = State.Evolve(happened);
    }
}
