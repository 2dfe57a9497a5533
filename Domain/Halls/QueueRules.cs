using System.Collections.Immutable;
using System.Globalization;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>The rules of a queue: taking, calling, giving back and cancelling tickets.</summary>
public static class QueueRules
{
    /// <summary>Most tickets of one service on one day; a guard against a kiosk gone wild.</summary>
    public const int MaxTicketsADay = 9_999;

    /// <summary>Takes a ticket; its number is the next of the day's series.</summary>
    public static Decision<QueueEvent> Issue(QueueState state, HallDefinition hall, TakeTicket command, string actor, DateTimeOffset now)
    {
        var service = hall.Service(command.Service);
        if (state.IsClosed || hall.ClosingOf(hall.DayAt(now)) <= now)
            return Closed();
        if (!service.TicketHours.IsEmpty && !service.TicketHours.Any(h => hall.At(hall.DayAt(now), h.From) <= now && now < hall.At(hall.DayAt(now), h.To)))
            return Refusals.Conflict("service-closed", $"Tickets for this service are given {string.Join(", ", service.TicketHours.Select(h => $"{h.From:HH:mm}-{h.To:HH:mm}"))}.");
        if (state.Issued >= MaxTicketsADay)
            return Refusals.Conflict("over-capacity", "No more tickets can be taken for this service today.");
        var number = service.Prefix + (state.Issued + 1).ToString("D3", CultureInfo.InvariantCulture);
        return Decision<QueueEvent>.Of(new TicketIssued(now, actor, new Ticket(
            command.TicketId, number, hall.Id, command.Service, hall.DayAt(now), command.Segment, command.Language, now)
        {
            Previous = command.Previous,
            Estimated = command.Estimate,
            Appointment = command.Appointment,
            OnlyCounter = command.OnlyCounter,
            Pool = command.Pool,
        }));
    }

    /// <summary>Takes a ticket at the kiosk: one of the appointment segment needs its appointment.</summary>
    public static Decision<QueueEvent> Take(QueueState state, HallDefinition hall, TakeTicket command, string actor, DateTimeOffset now) =>
        command is { Segment: Segment.Appointment, Appointment: null }
            ? Refusals.Validation("/appointment", "required", "Give the appointment's code, or take an ordinary ticket.")
            : Issue(state, hall, command, actor, now);

    /// <summary>Lets a counter have its next ticket, or the named one. No event when nobody waits for it.</summary>
    /// <param name="state">The queue.</param>
    /// <param name="call">Which counter wants what.</param>
    /// <param name="clerk">The clerk.</param>
    /// <param name="now">When.</param>
    public static Decision<QueueEvent> Call(QueueState state, CounterCall call, string clerk, DateTimeOffset now)
    {
        if (call.Named is { } named)
        {
            if (!state.Waiting.TryGetValue(named, out var ticket) || !ticket.IsFor(call.Counter, call.Pools))
                return Refusals.WrongState("This ticket is not waiting for this counter.");
            return Decision<QueueEvent>.Of(new TicketCalled(now, clerk, named, call.Counter, CallReason.Named(ticket, now)));
        }

        var heads = state.HeadsFor(call.Counter, call.KeptOnly, call.Pools);
        if (heads.IsEmpty) return Decision<QueueEvent>.Nothing;
        var choice = state.Policy.Choose([.. heads.Select(CallCandidate.Of)], call.Turns, now.UtcTicks);
        var next = heads[choice.Index];
        var oldest = heads.MinBy(head => head.TakenAt)!;
        if (call.OldestElsewhere is { } elsewhere && elsewhere.TakenAt < oldest.TakenAt) oldest = elsewhere;
        // Among all of the counter's queues another rule may have decided than among this one's tickets.
        if (next.Id == call.Chosen) choice = choice with { Rule = call.Rule!, Ratio = call.Ratio };
        var why = CallReason.Of(state.Policy, choice.Rule, choice.Ratio, next, oldest, call.Support, now);
        return Decision<QueueEvent>.Of(new TicketCalled(now, clerk, next.Id, call.Counter, why));
    }

    /// <summary>Takes in a ticket that a counter hands over; it keeps its number and its age.</summary>
    public static Decision<QueueEvent> TransferIn(
        QueueState state, Ticket ticket, Destination to, string actor, DateTimeOffset now) => state.IsClosed
        ? Closed()
        : Decision<QueueEvent>.Of(new TicketTransferredIn(now, actor, ticket with
        {
            Service = to.Service,
            State = TicketState.Waiting,
            OnlyCounter = to.OnlyCounter,
            Pool = to.Pool,
            Counter = null,
            Clerk = null,
            CalledAt = null,
            FirstCalledAt = null,
            StartedAt = null,
            Calls = 0,
            Estimated = null,
        }));

    /// <summary>Gives a waiting ticket up.</summary>
    public static Decision<QueueEvent> Cancel(QueueState state, string ticketId, string actor, DateTimeOffset now) =>
        state.Waiting.ContainsKey(ticketId)
            ? Decision<QueueEvent>.Of(new TicketCancelled(now, actor, ticketId))
            : Refusals.WrongState("Only a waiting ticket can be cancelled.");

    /// <summary>Ends the day: no more tickets, and those still waiting lapse, each of them named.</summary>
    public static Decision<QueueEvent> Close(QueueState state, string actor, DateTimeOffset now) => state.IsClosed
        ? Decision<QueueEvent>.Nothing
        : Decision<QueueEvent>.Of(new QueueClosed(now, actor, [.. state.Waiting.Values.OrderBy(state.Policy.OrderOf).Select(t => t.Id)]));

    /// <summary>Lets tickets be taken again.</summary>
    public static Decision<QueueEvent> Open(QueueState state, string actor, DateTimeOffset now) => state.IsClosed
        ? Decision<QueueEvent>.Of(new QueueOpened(now, actor))
        : Decision<QueueEvent>.Nothing;

    private static OneStopException Closed() => Refusals.Conflict("service-closed", "This service is closed for today.");
}

/// <summary>A counter wants a ticket.</summary>
/// <param name="Counter">The counter.</param>
/// <param name="Named">This very ticket; null for the next one.</param>
/// <param name="KeptOnly">Only a ticket kept for this counter.</param>
/// <param name="OldestElsewhere">The longest waiting ticket in the counter's other queues, for the reason.</param>
[GenerateSerializer, Immutable]
public sealed record CounterCall(string Counter, string? Named = null, bool KeptOnly = false, Ticket? OldestElsewhere = null)
{
    /// <summary>The queue's service. Default: whichever queue is asked.</summary>
    [Id(0)]
    public string? Service { get; init; }

    /// <summary>What the counter called before. Default: nothing.</summary>
    [Id(1)]
    public CallTurns Turns { get; init; }

    /// <summary>The ticket the counter chose among those of all its queues. Default: whichever is next in this one.</summary>
    [Id(3)]
    public string? Chosen { get; init; }

    /// <summary>The rule by which it chose that. Default: none.</summary>
    [Id(4)]
    public string? Rule { get; init; }

    /// <summary>The ratio by which it chose that. Default: none.</summary>
    [Id(5)]
    public SegmentRatio? Ratio { get; init; }

    /// <summary>The pools the counter belongs to. Default: none.</summary>
    [Id(6)]
    public ImmutableArray<string> Pools { get; init; } = [];

    /// <summary>Set when the counter only helps out with this service. Default: it is its own.</summary>
    [Id(2)]
    public SupportedService? Support { get; init; }
}

/// <summary>Takes a ticket.</summary>
/// <param name="TicketId">Its unguessable id, made at the edge.</param>
/// <param name="Service">The service.</param>
/// <param name="Segment">The kind of visitor.</param>
/// <param name="Language">Language of announcements.</param>
/// <param name="Previous">The ticket it continues. Default: none.</param>
[GenerateSerializer, Immutable]
public sealed record TakeTicket(string TicketId, string Service, Segment Segment, string Language, string? Previous = null)
{
    /// <summary>The wait that the simulation of the hall gives it. Default: none yet.</summary>
    [Id(0)]
    public WaitEstimate? Estimate { get; init; }

    /// <summary>The appointment it is taken with. Default: none.</summary>
    [Id(1)]
    public string? Appointment { get; init; }

    /// <summary>The only counter that may call it. Default: any.</summary>
    [Id(2)]
    public string? OnlyCounter { get; init; }

    /// <summary>The pool whose counters only may call it. Default: any counter.</summary>
    [Id(3)]
    public string? Pool { get; init; }
}
