using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>A place among waiting tickets; ordered by the instant a ticket counts as taken, then by when it really was.</summary>
/// <param name="CountsFrom">When the ticket counts as taken.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="Number">Its number.</param>
/// <param name="TicketId">Its id.</param>
[GenerateSerializer, Immutable]
public readonly record struct CallOrder(DateTimeOffset CountsFrom, DateTimeOffset TakenAt, string Number, string TicketId) : IComparable<CallOrder>
{
    /// <inheritdoc/>
    public int CompareTo(CallOrder other)
    {
        var order = CountsFrom.CompareTo(other.CountsFrom);
        if (order == 0) order = TakenAt.CompareTo(other.TakenAt);
        if (order == 0) order = string.CompareOrdinal(Number, other.Number);
        return order != 0 ? order : string.CompareOrdinal(TicketId, other.TicketId);
    }

    /// <summary>Whether the left one is next.</summary>
    public static bool operator <(CallOrder left, CallOrder right) => left.CompareTo(right) < 0;

    /// <summary>Whether the right one is next.</summary>
    public static bool operator >(CallOrder left, CallOrder right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is next or both are the same.</summary>
    public static bool operator <=(CallOrder left, CallOrder right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the right one is next or both are the same.</summary>
    public static bool operator >=(CallOrder left, CallOrder right) => left.CompareTo(right) >= 0;
}
