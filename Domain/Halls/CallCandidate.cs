namespace OneStop.Domain.Halls;

/// <summary>A ticket that a counter may call: the longest waiting of its queue and segment.</summary>
/// <param name="Segment">Its segment.</param>
/// <param name="TakenAt">When it was taken, in UTC ticks.</param>
/// <param name="Number">Its number, which settles equal instants.</param>
/// <param name="TicketId">Its id, which settles equal numbers.</param>
public readonly record struct CallCandidate(Segment Segment, long TakenAt, string Number, string TicketId)
{
    /// <summary>A waiting ticket as a candidate.</summary>
    public static CallCandidate Of(Ticket ticket) => new(ticket.Segment, ticket.TakenAt.UtcTicks, ticket.Number, ticket.Id);
}

/// <summary>Which candidate is called and by which rule.</summary>
/// <param name="Index">Its index among the candidates.</param>
/// <param name="Rule">The rule's code.</param>
/// <param name="Ratio">The ratio that decided; null when none did.</param>
public readonly record struct CallChoice(int Index, string Rule, SegmentRatio? Ratio);
