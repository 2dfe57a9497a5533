using System.Collections.Immutable;
using System.Text;
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

/// <summary>Today's waiting tickets of one service. Calls and hand-overs append to the counter's stream too, both or neither.</summary>
public sealed class QueueGrain(IJournal journal, TimeProvider time, Definitions definitions, TownMeasures measures)
    : EventSourcedGrain<QueueState, QueueEvent>(journal, time), IQueueGrain
{
    // Never leaves this grain: the stream had moved on, and read again nobody waits for the counter.
    private const string NobodyWaits = "nobody-waits";

    private HallDefinition? hall;
    private ServiceDefinition? service;
    private SnapshotForm<QueueState>? snapshots;

    private HallDefinition Hall => hall ??= definitions.Hall(HallKeys.Parse(this.GetPrimaryKeyString()).Hall);

    private ServiceDefinition Service => service ??= Hall.Service(HallKeys.Parse(this.GetPrimaryKeyString()).Part);

    /// <inheritdoc/>
    protected override string StreamName => HallKeys.QueueStream(this.GetPrimaryKeyString(), Hall.DayAt(Now));

    /// <inheritdoc/>
    protected override QueueState Empty => QueueState.Empty(Hall.Policy);

    /// <inheritdoc/>
    protected override SnapshotForm<QueueState> Snapshots =>
        snapshots ??= new SnapshotForm<QueueState, KeptQueue>("queue.v1", state => state.Keep(), kept => QueueState.Of(Hall.Policy, kept));

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A queue that nobody defined does not activate.
        _ = Service;
        return LoadAsync().AsTask();
    }

    /// <inheritdoc/>
    public Task<TicketView> Take(CommandInfo info, TakeTicket command, Staffing staffing, string? phone) => ExecuteAsync(
        info,
        (state, now) => QueueRules.Take(state, Hall, command, info.Actor, now),
        after => Taken(after, command.TicketId, staffing),
        phone is null ? [] : [new Document("ticket/" + command.TicketId, "phone", Encoding.UTF8.GetBytes(phone))]);

    /// <inheritdoc/>
    public async Task<BookedResult> TakeBooked(BookedRequest request)
    {
        var executed = await ExecuteAsync(
            request.Info,
            (state, now) => QueueRules.Take(state, Hall, request.Command, request.Info.Actor, now),
            (after, _) => Taken(after, request.Command.TicketId, request.Staffing),
            (_, _, _) => new Companion(
                [new StreamAppend(request.BookStream, request.BookHead, [EventCodec.Encode(request.Kept)])],
                [AppointmentRow.Put(Hall, request.Appointment)]));
        return new BookedResult(executed.Answer, executed.Fresh);
    }

    /// <inheritdoc/>
    public async Task<CallOffer?> Offer(string counter, bool keptOnly, ImmutableArray<string> pools)
    {
        await LoadAsync();
        return Expected.HeadsFor(counter, keptOnly, pools) is { IsEmpty: false } heads ? new CallOffer(heads) : null;
    }

    /// <inheritdoc/>
    public async Task<CallResult?> Call(CallRequest request)
    {
        await LoadAsync();
        var call = request.Call;
        if (QueueRules.Call(State, call, request.Info.Actor, Now) is { Refusal: null, Events.IsEmpty: true }) return null;

        TicketAssigned? assigned = null;
        Executed<CallAnswer> executed;
        try
        {
            executed = await ExecuteAsync(
                request.Info,
                (state, now) =>
                {
                    var decision = QueueRules.Call(state, call, request.Info.Actor, now);
                    return decision is { Refusal: null, Events.IsEmpty: true } ? Refusals.Conflict(NobodyWaits, "Nobody waits any more.") : decision;
                },
                (_, events) =>
                {
                    assigned = Assign(request, events);
                    return new CallAnswer(TicketView.Of(assigned.Ticket), assigned.Why);
                },
                (_, _, _) => new Companion(
                    [new StreamAppend(request.CounterStream, request.CounterHead, [EventCodec.Encode(assigned!)])],
                    [TicketRow.Put(assigned!.Ticket)]));
        }
        catch (OneStopException e) when (e.Code == NobodyWaits)
        {
            return null;
        }

        return new CallResult(executed.Answer, executed.Fresh ? assigned : null);
    }

    /// <inheritdoc/>
    public async Task<HandOverResult> HandOver(HandOverRequest request)
    {
        var (over, left, actor) = (request.HandedOver, request.Ticket, request.Info.Actor);
        var executed = await ExecuteAsync(
            request.Info,
            (state, now) => request.Continue is { } next
                ? QueueRules.Issue(state, Hall, next, actor, now)
                : QueueRules.TransferIn(state, left, request.To, actor, now),
            (after, _) =>
            {
                var ticket = after.Waiting[request.Continue?.TicketId ?? left.Id];
                return TicketView.Of(ticket, after.AheadOf(ticket));
            },
            (_, _, _) => new Companion(
                [new StreamAppend(request.CounterStream, request.CounterHead, [EventCodec.Encode(over)])],
                request.Continue is null ? [] : [TicketRow.Put(left)]));
        return new HandOverResult(executed.Answer, executed.Fresh);
    }

    /// <inheritdoc/>
    public async Task<TicketView> Cancel(CommandInfo info, string ticketId)
    {
        await LoadAsync();
        var ticket = State.Waiting.GetValueOrDefault(ticketId);
        return await ExecuteAsync(
            info,
            (state, now) => QueueRules.Cancel(state, ticketId, info.Actor, now),
            _ => TicketView.Of(ticket! with { State = TicketState.Cancelled }));
    }

    /// <inheritdoc/>
    public Task<QueueContribution> Close(CommandInfo info) =>
        ExecuteAsync(info, (state, now) => QueueRules.Close(state, info.Actor, now), ContributionOf);

    /// <inheritdoc/>
    public Task<QueueContribution> Reopen(CommandInfo info) =>
        ExecuteAsync(info, (state, now) => QueueRules.Open(state, info.Actor, now), ContributionOf);

    /// <inheritdoc/>
    public async Task WakeUp(DateTimeOffset due)
    {
        // The day that ends: its last instant is the one before.
        var day = Hall.DayAt(due.AddTicks(-1));
        var stream = HallKeys.QueueStream(this.GetPrimaryKeyString(), day);
        await EndDayAsync(stream, Hall.ClosingOf(day), (state, now) => QueueRules.Close(state, "system", now));
        await LoadAsync();
        await GrainFactory.GetGrain<IHallGrain>(Hall.Id).TellQueue(ContributionOf(State));
    }

    /// <inheritdoc/>
    public async Task<QueuePosition?> Position(string ticketId)
    {
        await LoadAsync();
        return State.Waiting.TryGetValue(ticketId, out var ticket) ? new QueuePosition(ticket, State.AheadOf(ticket)) : null;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<WaitingTicket>> Waiting()
    {
        await LoadAsync();
        return [.. State.Waiting.Values.Select(WaitingTicket.Of)];
    }

    /// <inheritdoc/>
    public async Task<QueueContribution> Contribution()
    {
        await LoadAsync();
        return ContributionOf(State);
    }

    /// <inheritdoc/>
    protected override QueueState Evolve(QueueState state, QueueEvent e) => state.Evolve(e);

    /// <inheritdoc/>
    protected override IEnumerable<RowChange> Rows(QueueState before, QueueState after, ImmutableArray<QueueEvent> events, long head) =>
        events.SelectMany<QueueEvent, RowChange>(e => e switch
        {
            TicketIssued issued => [TicketRow.Put(issued.Ticket)],
            TicketTransferredIn transferred => [TicketRow.Put(transferred.Ticket)],
            TicketCancelled cancelled when before.Waiting.TryGetValue(cancelled.TicketId, out var ticket) =>
                [TicketRow.Put(ticket with { State = TicketState.Cancelled, EndedAt = e.At })],
            QueueClosed closed => closed.Lapsed.Select(id => TicketRow.Put(
                before.Waiting[id] with { State = TicketState.Cancelled, EndedAt = e.At, Outcome = TicketOutcome.Lapsed })),
            _ => [],
        });

    // One wake-up a day, written with its first event.
    /// <inheritdoc/>
    protected override WakeUpChange WakeUpOf(QueueState state) =>
        state.IsClosed ? WakeUpChange.Clear
        : Head == 0 || State.IsClosed ? WakeUpChange.Set(DeadlineGrain.ShardOf(StreamName), Hall.ClosingOf(Hall.DayAt(Now)).Micros())
        : WakeUpChange.Keep;

    /// <inheritdoc/>
    protected override async ValueTask CommittedAsync(QueueState before, QueueState after, ImmutableArray<QueueEvent> events)
    {
        measures.Halls.Recorded(Hall.Id, before, events);
        if (Head == events.Length || (before.IsClosed && !after.IsClosed))
            await DeadlineGrain.TellAsync(GrainFactory, StreamName, Hall.ClosingOf(Hall.DayAt(Now)));
        var waits = GrainFactory.GetGrain<IWaitGrain>(Hall.Id);
        foreach (var issued in events.OfType<TicketIssued>()) await waits.Tell(issued.Ticket);
        await GrainFactory.GetGrain<IHallGrain>(Hall.Id).TellQueue(ContributionOf(after));
    }

    /// <inheritdoc/>
    protected override OneStopException NotUnique(string index) => index switch
    {
        Tables.OneTicketACounter => Refusals.Conflict("counter-busy", "This counter already has a ticket."),
        Tables.OneTicketAClerk => Refusals.Conflict("counter-busy", "You already serve a ticket at another counter."),
        _ => base.NotUnique(index),
    };

    private static TicketView Taken(QueueState after, string ticketId, Staffing staffing)
    {
        var ticket = after.Waiting[ticketId];
        var ahead = after.AheadOf(ticket);
        return TicketView.Of(ticket, ahead, ticket.Estimated ?? staffing.Estimate(ahead));
    }

    private TicketAssigned Assign(CallRequest request, ImmutableArray<QueueEvent> events)
    {
        var called = events.OfType<TicketCalled>().Single();
        return new TicketAssigned(
            called.At,
            called.Actor,
            State.Waiting[called.TicketId] with
            {
                State = TicketState.Called,
                Counter = request.Call.Counter,
                Clerk = called.Actor,
                CalledAt = called.At,
                Calls = 1,
            },
            called.Why);
    }

    private QueueContribution ContributionOf(QueueState state) =>
        new(Service.Id, Hall.DayAt(Now), Head, state.Waiting.Count, state.OldestTakenAt);
}
