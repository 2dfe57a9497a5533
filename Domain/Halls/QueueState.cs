using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>The queue of one service of a hall on one day: who waits, in the order of calling.</summary>
[GenerateSerializer, Immutable]
public sealed record QueueState
{
    /// <summary>An empty queue under a policy.</summary>
    public static QueueState Empty(CallPolicy policy) => new() { Policy = policy };

    /// <summary>The policy that orders the waiting.</summary>
    [Id(0)]
    public required CallPolicy Policy { get; init; }

    /// <summary>Numbers given out today.</summary>
    [Id(1)]
    public int Issued { get; init; }

    /// <summary>The waiting tickets by id.</summary>
    [Id(2)]
    public ImmutableDictionary<string, Ticket> Waiting { get; init; } = ImmutableDictionary<string, Ticket>.Empty;

    /// <summary>The order of calling, the next one first.</summary>
    [Id(3)]
    public ImmutableSortedSet<CallOrder> Order { get; init; } = [];

    /// <summary>Waiting tickets by when they were taken, the longest waiting first.</summary>
    [Id(4)]
    public ImmutableSortedSet<CallOrder> Age { get; init; } = [];

    /// <summary>When the longest waiting ticket was taken; null when nobody waits.</summary>
    public DateTimeOffset? OldestTakenAt => Age.IsEmpty ? null : Age.Min.TakenAt;

    /// <summary>The next ticket a counter may call; null when there is none.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="keptOnly">Only tickets kept for this very counter.</param>
    public Ticket? NextFor(string counter, bool keptOnly = false) => First(Order, counter, keptOnly);

    /// <summary>The longest waiting ticket a counter may call; null when there is none.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="keptOnly">Only tickets kept for this very counter.</param>
    public Ticket? OldestFor(string counter, bool keptOnly = false) => First(Age, counter, keptOnly);

    /// <summary>How many tickets are called before this one, as things stand.</summary>
    public int AheadOf(Ticket ticket)
    {
        var index = Order.IndexOf(Policy.OrderOf(ticket));
        return index >= 0 ? index : 0;
    }

    /// <summary>The state after an event. Total: an event that was recorded always applies.</summary>
    public QueueState Evolve(QueueEvent e) => e switch
    {
        TicketIssued issued => Add(issued.Ticket) with { Issued = Issued + 1 },
        TicketTransferredIn transferred => Add(transferred.Ticket),
        TicketCalled called => Remove(called.TicketId),
        TicketCancelled cancelled => Remove(cancelled.TicketId),
        _ => this,
    };

    private static CallOrder ByAge(Ticket ticket) => new(ticket.TakenAt, ticket.TakenAt, ticket.Number, ticket.Id);

    private Ticket? First(ImmutableSortedSet<CallOrder> order, string counter, bool keptOnly)
    {
        foreach (var place in order)
        {
            var ticket = Waiting[place.TicketId];
            if (ticket.OnlyCounter == counter || (ticket.OnlyCounter is null && !keptOnly))
                return ticket;
        }

        return null;
    }

    private QueueState Add(Ticket ticket) => this with
    {
        Waiting = Waiting.SetItem(ticket.Id, ticket),
        Order = Order.Add(Policy.OrderOf(ticket)),
        Age = Age.Add(ByAge(ticket)),
    };

    private QueueState Remove(string id) => !Waiting.TryGetValue(id, out var ticket)
        ? this
        : this with
        {
            Waiting = Waiting.Remove(id),
            Order = Order.Remove(Policy.OrderOf(ticket)),
            Age = Age.Remove(ByAge(ticket)),
        };
}
