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

    /// <summary>The queue that was kept, under the policy in force.</summary>
    public static QueueState Of(CallPolicy policy, KeptQueue kept) =>
        kept.Waiting.Aggregate(Empty(policy) with { Issued = kept.Issued, IsClosed = kept.IsClosed }, (state, ticket) => state.Add(ticket));

    /// <summary>Numbers given out today.</summary>
    [Id(1)]
    public int Issued { get; init; }

    /// <summary>The waiting tickets by id.</summary>
    [Id(2)]
    public ImmutableDictionary<string, Ticket> Waiting { get; init; } = ImmutableDictionary<string, Ticket>.Empty;

    /// <summary>The waiting of each segment, the longest waiting first.</summary>
    [Id(3)]
    public ImmutableArray<ImmutableSortedSet<CallOrder>> Lanes { get; init; } = [[], [], []];

    /// <summary>Whether no more tickets are taken today. Default: they are.</summary>
    [Id(4)]
    public bool IsClosed { get; init; }

    /// <summary>What has to be kept to have this queue again.</summary>
    public KeptQueue Keep() => new(Issued, IsClosed, [.. Waiting.Values.OrderBy(ticket => ticket.TakenAt).ThenBy(ticket => ticket.Id, StringComparer.Ordinal)]);

    /// <summary>When the longest waiting ticket was taken; null when nobody waits.</summary>
    public DateTimeOffset? OldestTakenAt => Waiting.IsEmpty ? null : Lanes.Where(lane => !lane.IsEmpty).Min(lane => lane.Min.TakenAt);

    /// <summary>The longest waiting ticket of each segment that a counter may call.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="keptOnly">Only tickets kept for this very counter or one of its pools.</param>
    /// <param name="pools">The pools it belongs to. Default: none.</param>
    public ImmutableArray<Ticket> HeadsFor(string counter, bool keptOnly = false, ImmutableArray<string> pools = default)
    {
        var heads = ImmutableArray.CreateBuilder<Ticket>(Lanes.Length);
        foreach (var lane in Lanes)
            if (First(lane, counter, keptOnly, pools) is { } head)
                heads.Add(head);
        return heads.ToImmutable();
    }

    /// <summary>How many tickets are called before this one, as things stand.</summary>
    public int AheadOf(Ticket ticket)
    {
        var place = Policy.OrderOf(ticket);
        return Lanes.Sum(lane => lane.IndexOf(place) switch
        {
            < 0 and var after => ~after,
            var at => at,
        });
    }

    /// <summary>The state after an event. Total: an event that was recorded always applies.</summary>
    public QueueState Evolve(QueueEvent e) => e switch
    {
        TicketIssued issued => Add(issued.Ticket) with { Issued = Issued + 1 },
        TicketTransferredIn transferred => Add(transferred.Ticket),
        TicketCalled called => Remove(called.TicketId),
        TicketCancelled cancelled => Remove(cancelled.TicketId),
        QueueClosed closed => closed.Lapsed.Aggregate(this, (state, id) => state.Remove(id)) with { IsClosed = true },
        QueueOpened => this with { IsClosed = false },
        _ => this,
    };

    private Ticket? First(ImmutableSortedSet<CallOrder> order, string counter, bool keptOnly, ImmutableArray<string> pools)
    {
        foreach (var place in order)
        {
            var ticket = Waiting[place.TicketId];
            if (ticket.IsFor(counter, pools) && (ticket.IsKept || !keptOnly))
                return ticket;
        }

        return null;
    }

    private QueueState Add(Ticket ticket) => this with
    {
        Waiting = Waiting.SetItem(ticket.Id, ticket),
        Lanes = Lanes.SetItem((int)ticket.Segment, Lanes[(int)ticket.Segment].Add(Policy.OrderOf(ticket))),
    };

    private QueueState Remove(string id) => !Waiting.TryGetValue(id, out var ticket)
        ? this
        : this with
        {
            Waiting = Waiting.Remove(id),
            Lanes = Lanes.SetItem((int)ticket.Segment, Lanes[(int)ticket.Segment].Remove(Policy.OrderOf(ticket))),
        };
}
