using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Estimating;
using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Measures;
using OneStop.Grains.Records;
using OneStop.Journal;
using Orleans;

namespace OneStop.Grains.Halls;

/// <summary>One counter: its clerk and the one active ticket.</summary>
public sealed partial class CounterGrain(IJournal journal, TimeProvider time, Definitions definitions, TownMeasures measures)
    : EventSourcedGrain<CounterState, CounterEvent>(journal, time), ICounterGrain
{
    private static readonly SnapshotForm<CounterState> Form = new SnapshotForm<CounterState, CounterState>("counter.v1", state => state, kept => kept);

    private HallDefinition? hall;
    private CounterDefinition? profile;

    private HallDefinition Hall => hall ??= definitions.Hall(HallKeys.Parse(this.GetPrimaryKeyString()).Hall);

    private CounterDefinition Profile => profile ??= Hall.Counter(HallKeys.Parse(this.GetPrimaryKeyString()).Part);

    /// <inheritdoc/>
    protected override string StreamName => HallKeys.CounterStream(this.GetPrimaryKeyString(), Hall.DayAt(Now));

    /// <inheritdoc/>
    protected override CounterState Empty => CounterState.Initial;

    /// <inheritdoc/>
    protected override SnapshotForm<CounterState> Snapshots => Form;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A counter that nobody defined does not activate.
        _ = Profile;
        return ResumeCallingAsync();
    }

    /// <inheritdoc/>
    public Task<CounterView> Open(CommandInfo info, ImmutableArray<string> services) =>
        ExecuteAsync(info, (state, now) => CounterRules.Open(state, Profile, services, info.Actor, now), ViewOf);

    /// <inheritdoc/>
    public Task<CounterView> Pause(CommandInfo info, string reason) =>
        ExecuteAsync(info, (state, now) => CounterRules.Pause(state, reason, info.Actor, now), ViewOf);

    /// <inheritdoc/>
    public Task<CounterView> Close(CommandInfo info) =>
        ExecuteAsync(info, (state, now) => CounterRules.Close(state, info.Actor, now), ViewOf);

    /// <inheritdoc/>
    public Task<TicketView> Recall(CommandInfo info) => OnTicket(info, CounterRules.Recall);

    /// <inheritdoc/>
    public Task<TicketView> Start(CommandInfo info) => OnTicket(info, CounterRules.Start);

    /// <inheritdoc/>
    public Task<TicketView> Finish(CommandInfo info, string outcome) =>
        OnTicket(info, (state, clerk, now) => CounterRules.Finish(state, outcome, clerk, now));

    /// <inheritdoc/>
    public Task<TicketView> NoShow(CommandInfo info) => OnTicket(info, CounterRules.NoShow);

    /// <inheritdoc/>
    public Task<TicketView> Hold(CommandInfo info) => OnTicket(info, CounterRules.Hold);

    /// <inheritdoc/>
    public Task<TicketView> Resume(CommandInfo info, string ticketId) =>
        OnTicket(info, (state, clerk, now) => CounterRules.Resume(state, ticketId, clerk, now));

    /// <inheritdoc/>
    public async Task WakeUp(DateTimeOffset due)
    {
        var day = Hall.DayAt(due.AddTicks(-1));
        var stream = HallKeys.CounterStream(this.GetPrimaryKeyString(), day);
        await EndDayAsync(stream, Hall.MidnightAfter(day), (state, now) => CounterRules.EndDay(state, "system", now));
        await LoadAsync();
        await GrainFactory.GetGrain<IHallGrain>(Hall.Id).TellCounter(ContributionOf(State));
    }

    /// <inheritdoc/>
    public async Task<CounterView> View()
    {
        await LoadAsync();
        return ViewOf(State);
    }

    /// <inheritdoc/>
    public async Task<CounterSnapshot> Glance()
    {
        await LoadAsync();
        return CounterSnapshot.Of(Profile.Id, State);
    }

    /// <inheritdoc/>
    public async Task<CounterContribution> Contribution()
    {
        await LoadAsync();
        return ContributionOf(State);
    }

    /// <inheritdoc/>
    protected override CounterState Evolve(CounterState state, CounterEvent e) => state.Evolve(e);

    /// <inheritdoc/>
    protected override IEnumerable<RowChange> Rows(CounterState before, CounterState after, ImmutableArray<CounterEvent> events, long head) =>
        events is [CounterDayEnded ended] ? before.LeftAt(ended.At).Select(TicketRow.Put)
        : after.LastMoved is { } moved && moved != before.LastMoved ? [TicketRow.Put(moved)] : [];

    // The first event of a day is the clerk's who opens; what queues append to this stream later leaves the wake-up alone.
    /// <inheritdoc/>
    protected override WakeUpChange WakeUpOf(CounterState state) => Head == 0
        ? WakeUpChange.Set(DeadlineGrain.ShardOf(StreamName), Hall.MidnightAfter(Hall.DayAt(Now)).Micros())
        : WakeUpChange.Keep;

    /// <inheritdoc/>
    protected override async ValueTask CommittedAsync(CounterState before, CounterState after, ImmutableArray<CounterEvent> events)
    {
        if (after.LastMoved is { } moved && moved != before.LastMoved)
        {
            measures.Halls.Moved(moved);
            await GrainFactory.GetGrain<IWaitGrain>(Hall.Id).Tell(moved);
        }

        if (Head == events.Length) await DeadlineGrain.TellAsync(GrainFactory, StreamName, Hall.MidnightAfter(Hall.DayAt(Now)));
        await GrainFactory.GetGrain<IHallGrain>(Hall.Id).TellCounter(ContributionOf(after));
        PlanAutoCall(null);
    }

    /// <inheritdoc/>
    protected override OneStopException NotUnique(string index) => index switch
    {
        Tables.OneTicketAClerk => Refusals.Conflict("counter-busy", "You already serve a ticket at another counter."),
        _ => base.NotUnique(index),
    };

    private Task<TicketView> OnTicket(CommandInfo info, Func<CounterState, string, DateTimeOffset, Decision<CounterEvent>> decide) =>
        ExecuteAsync(info, (state, now) => decide(state, info.Actor, now), after => TicketView.Of(after.LastMoved!));

    private CounterView ViewOf(CounterState state) => new(
        Profile.Id,
        state.Status,
        state.Clerk,
        state.Services,
        state.Active is null ? null : TicketView.Of(state.Active),
        [.. state.Held.Select(ticket => TicketView.Of(ticket))],
        state.Why,
        state.PauseReason);

    private CounterContribution ContributionOf(CounterState state) => new(
        Profile.Id, Hall.DayAt(Now), Head, state.Status, state.Active?.Number, state.Active?.CalledAt, state.PauseReason, state.Services);
}
