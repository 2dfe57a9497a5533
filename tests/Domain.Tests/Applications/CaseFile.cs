using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Tests.Applications;

/// <summary>A case as a grain would hold it: decide, record, evolve.</summary>
internal sealed class CaseFile
{
    public ApplicationState State { get; private set; } = ApplicationState.Initial;

    public List<ApplicationEvent> Events { get; } = [];

    public RuleBook Book { get; set; } = new(Times.China);

    public WorkingCalendar Calendar => Book.Calendar;

    public DateTimeOffset? NextWakeUp => ApplicationRules.NextWakeUp(State, Book);

    public IEnumerable<string> Cards => State.Cards.Select(c => $"{CamelCase.Of(c.Level)} {c.IssuedAt.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm}{(c.InForce ? "" : " withdrawn")}");

    public static CaseFile Received(ItemDefinition item, string at, Channel channel = Channel.Desk)
    {
        var file = new CaseFile();
        return file.Do(new ReceiveApplication("A1", "R1", item, channel, []), at, Actor.Public);
    }

    public static CaseFile Accepted(ItemDefinition item, string at) =>
        Received(item, at).Do(new AcceptApplication(), at, Items.Clerk);

    public CaseFile Do(ApplicationCommand command, string at, Actor actor) => Do(command, Times.At(at), actor);

    public CaseFile Do(ApplicationCommand command, DateTimeOffset at, Actor actor)
    {
        Record(ApplicationRules.Decide(State, command, actor, Book, at).OrThrow());
        return this;
    }

    public bool TryDo(ApplicationCommand command, DateTimeOffset at, Actor actor)
    {
        var decision = ApplicationRules.Decide(State, command, actor, Book, at);
        if (decision.Refusal is null)
            Record(decision.Events);
        return decision.Refusal is null;
    }

    public string Refusal(ApplicationCommand command, string at, Actor actor)
    {
        var decision = ApplicationRules.Decide(State, command, actor, Book, Times.At(at));
        Assert.Empty(decision.Events);
        return Assert.IsType<OneStopException>(decision.Refusal).Code;
    }

    /// <summary>One late wake-up at the instant.</summary>
    public CaseFile Wake(string at) => Do(new WakeUp(Times.At(at)), at, Actor.System);

    /// <summary>Every wake-up at its exact instant, up to and with the given one.</summary>
    public CaseFile RunUntil(DateTimeOffset until, bool inclusive = true)
    {
        for (var turns = 0; NextWakeUp is { } due && (inclusive ? due <= until : due < until); turns++)
        {
            Assert.True(turns < 100, "Wake-ups do not come to an end.");
            Do(new WakeUp(due), due, Actor.System);
        }

        return this;
    }

    public CaseFile RunUntil(string until) => RunUntil(Times.At(until));

    public DateTimeOffset? Due(ClockKind kind) => ApplicationClocks.Of(State).Last(c => c.Kind == kind).On(Calendar).DueAt;

    private void Record(ImmutableArray<ApplicationEvent> events)
    {
        foreach (var happened in events)
        {
            Assert.True(State.LastAt is null || happened.At >= State.LastAt);
            State = State.Evolve(happened);
            Events.Add(happened);
            Assert.True(State.Cards.Where(c => c.InForce).GroupBy(c => (c.RuleVersion, c.Level)).All(g => g.Count() == 1), "Two cards of one level are in force.");
        }
    }
}
