using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>A hall at one moment: all that an estimate may know.</summary>
/// <param name="Now">The moment.</param>
/// <param name="Waiting">Everybody who waits, of all services.</param>
/// <param name="Counters">The counters.</param>
/// <param name="Arrivals">How many come lately.</param>
[GenerateSerializer, Immutable]
public sealed record HallSnapshot(
    DateTimeOffset Now, ImmutableArray<WaitingTicket> Waiting, ImmutableArray<CounterSnapshot> Counters, ImmutableArray<RecentArrivals> Arrivals);

/// <summary>A waiting ticket.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Service">Its service.</param>
/// <param name="Segment">Its segment.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="OnlyCounter">The only counter that may call it. Default: any.</param>
[GenerateSerializer, Immutable]
public sealed record WaitingTicket(string Id, string Service, Segment Segment, DateTimeOffset TakenAt, string? OnlyCounter = null)
{
    /// <summary>The ticket as an estimate sees it.</summary>
    public static WaitingTicket Of(Ticket ticket) => new(ticket.Id, ticket.Service, ticket.Segment, ticket.TakenAt, ticket.OnlyCounter);
}

/// <summary>A counter at one moment.</summary>
/// <param name="Id">The counter.</param>
/// <param name="Status">Whether it serves.</param>
/// <param name="Services">The services it serves now; empty for all of its profile.</param>
/// <param name="Turns">What it called before.</param>
/// <param name="Busy">The ticket it is occupied with; null when none.</param>
/// <param name="FreeSince">When its last ticket ended; null when it had none or has one.</param>
[GenerateSerializer, Immutable]
public sealed record CounterSnapshot(
    string Id, CounterStatus Status, ImmutableArray<string> Services, CallTurns Turns, BusyWith? Busy, DateTimeOffset? FreeSince)
{
    /// <summary>The counter as an estimate sees it.</summary>
    public static CounterSnapshot Of(string id, CounterState state) => new(
        id,
        state.Status,
        state.Services,
        state.Turns,
        state.Active is { CalledAt: { } called } active
            ? new BusyWith(active.Service, active.FirstCalledAt ?? called, active.State == TicketState.Serving)
            : null,
        state.Active is null ? state.LastMoved?.EndedAt : null);
}

/// <summary>What a counter is occupied with.</summary>
/// <param name="Service">The ticket's service.</param>
/// <param name="CalledAt">When it was first called.</param>
/// <param name="Started">Whether the visitor has come.</param>
[GenerateSerializer, Immutable]
public sealed record BusyWith(string Service, DateTimeOffset CalledAt, bool Started);

/// <summary>How many visitors of a service and segment come lately.</summary>
/// <param name="Service">The service.</param>
/// <param name="Segment">The segment.</param>
/// <param name="PerHour">Visitors an hour.</param>
[GenerateSerializer, Immutable]
public sealed record RecentArrivals(string Service, Segment Segment, double PerHour)
{
    /// <summary>The rates over the last while.</summary>
    /// <param name="taken">Tickets with when they were taken; those outside of the window are left out.</param>
    /// <param name="now">The end of the window.</param>
    /// <param name="window">Its length; half an hour to an hour follows the day well.</param>
    public static ImmutableArray<RecentArrivals> Of(
        IEnumerable<(string Service, Segment Segment, DateTimeOffset At)> taken, DateTimeOffset now, TimeSpan window) =>
        [.. taken.Where(t => t.At > now - window && t.At <= now)
            .GroupBy(t => (t.Service, t.Segment))
            .OrderBy(g => g.Key.Service, StringComparer.Ordinal).ThenBy(g => g.Key.Segment)
            .Select(g => new RecentArrivals(g.Key.Service, g.Key.Segment, g.Count() / window.TotalHours))];
}
