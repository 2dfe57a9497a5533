using System.Globalization;

namespace OneStop.Domain.Halls;

/// <summary>The rules of a queue: taking, calling, giving back and cancelling tickets.</summary>
public static class QueueRules
{
    /// <summary>Most tickets of one service on one day; a guard against a kiosk gone wild.</summary>
    public const int MaxTicketsADay = 9_999;

    /// <summary>Takes a ticket; its number is the next of the day's series.</summary>
    public static Decision<QueueEvent> Issue(QueueState state, HallDefinition hall, TakeTicket command, string actor, DateTimeOffset now)
    {
        if (state.Issued >= MaxTicketsADay)
            return Refusals.Conflict("over-capacity", "No more tickets can be taken for this service today.");
        var service = hall.Service(command.Service);
        var number = service.Prefix + (state.Issued + 1).ToString("D3", CultureInfo.InvariantCulture);
        return Decision<QueueEvent>.Of(new TicketIssued(now, actor, new Ticket(
            command.TicketId, number, hall.Id, command.Service, hall.DayAt(now), command.Segment, command.Language, now)
        {
            Previous = command.Previous,
        }));
    }

    /// <summary>Lets a counter have its next ticket, or the named one. No event when nobody waits for it.</summary>
    /// <param name="state">The queue.</param>
    /// <param name="call">Which counter wants what.</param>
    /// <param name="clerk">The clerk.</param>
    /// <param name="now">When.</param>
    public static Decision<QueueEvent> Call(QueueState state, CounterCall call, string clerk, DateTimeOffset now)
    {
        var (counter, named, keptOnly, oldestElsewhere) = call;
        if (named is not null)
        {
            if (!state.Waiting.TryGetValue(named, out var ticket) || (ticket.OnlyCounter is not null && ticket.OnlyCounter != counter))
                return Refusals.WrongState("This ticket is not waiting for this counter.");
            var waited = Math.Max(0, (long)(now - ticket.TakenAt).TotalSeconds);
            return Decision<QueueEvent>.Of(new TicketCalled(now, clerk, named, counter, new CallReason(
                CallRule.Named, waited, new LocalizedText($"工作人员指定呼叫 {ticket.Number}。", $"The clerk called {ticket.Number} by name."))));
        }

        if (state.NextFor(counter, keptOnly) is not { } next) return Decision<QueueEvent>.Nothing;
        var oldest = state.OldestFor(counter, keptOnly)!;
        if (oldestElsewhere is not null && oldestElsewhere.TakenAt < oldest.TakenAt) oldest = oldestElsewhere;
        return Decision<QueueEvent>.Of(new TicketCalled(now, clerk, next.Id, counter, state.Policy.Explain(next, oldest, now)));
    }

    /// <summary>Takes in a ticket that a counter hands over; it keeps its number and its age.</summary>
    public static Decision<QueueEvent> TransferIn(Ticket ticket, string service, string? onlyCounter, string actor, DateTimeOffset now) =>
        Decision<QueueEvent>.Of(new TicketTransferredIn(now, actor, ticket with
        {
            Service = service,
            State = TicketState.Waiting,
            OnlyCounter = onlyCounter,
            Counter = null,
            Clerk = null,
            CalledAt = null,
            StartedAt = null,
            Calls = 0,
        }));

    /// <summary>Gives a waiting ticket up.</summary>
    public static Decision<QueueEvent> Cancel(QueueState state, string ticketId, string actor, DateTimeOffset now) =>
        state.Waiting.ContainsKey(ticketId)
            ? Decision<QueueEvent>.Of(new TicketCancelled(now, actor, ticketId))
            : Refusals.WrongState("Only a waiting ticket can be cancelled.");
}

/// <summary>A counter wants a ticket.</summary>
/// <param name="Counter">The counter.</param>
/// <param name="Named">This very ticket; null for the next one.</param>
/// <param name="KeptOnly">Only a ticket kept for this counter.</param>
/// <param name="OldestElsewhere">The longest waiting ticket in the counter's other queues, for the reason.</param>
public sealed record CounterCall(string Counter, string? Named = null, bool KeptOnly = false, Ticket? OldestElsewhere = null);

/// <summary>Takes a ticket.</summary>
/// <param name="TicketId">Its unguessable id, made at the edge.</param>
/// <param name="Service">The service.</param>
/// <param name="Segment">The kind of visitor.</param>
/// <param name="Language">Language of announcements.</param>
/// <param name="Previous">The ticket it continues. Default: none.</param>
[Orleans.GenerateSerializer, Orleans.Immutable]
public sealed record TakeTicket(string TicketId, string Service, Segment Segment, string Language, string? Previous = null);
