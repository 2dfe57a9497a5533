using System.Collections.Immutable;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Estimating;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Halls;

/// <summary>One counter of a hall; the key is <c>hall/counter</c>.</summary>
public interface ICounterGrain : IWakeable
{
    /// <summary>Opens it.</summary>
    Task<CounterView> Open(CommandInfo info, ImmutableArray<string> services);

    /// <summary>Stops calling for a while.</summary>
    Task<CounterView> Pause(CommandInfo info, string reason);

    /// <summary>Closes it.</summary>
    Task<CounterView> Close(CommandInfo info);

    /// <summary>Calls the next ticket of the services it serves; no ticket in the answer when nobody waits.</summary>
    Task<CallAnswer> CallNext(CommandInfo info);

    /// <summary>Calls this very ticket.</summary>
    Task<CallAnswer> CallNamed(CommandInfo info, string ticketId);

    /// <summary>Calls the active ticket once more.</summary>
    Task<TicketView> Recall(CommandInfo info);

    /// <summary>Service begins.</summary>
    Task<TicketView> Start(CommandInfo info);

    /// <summary>Service ends.</summary>
    Task<TicketView> Finish(CommandInfo info, string outcome);

    /// <summary>The visitor did not come.</summary>
    Task<TicketView> NoShow(CommandInfo info);

    /// <summary>Puts the active ticket aside.</summary>
    Task<TicketView> Hold(CommandInfo info);

    /// <summary>Takes up a ticket that was put aside.</summary>
    Task<TicketView> Resume(CommandInfo info, string ticketId);

    /// <summary>Hands the same ticket to another service, to one counter or to a pool.</summary>
    Task<TicketView> Transfer(CommandInfo info, string? service, string? counter, string? pool);

    /// <summary>Ends this ticket and continues it with a new one of another service, for one counter or a pool when named.</summary>
    Task<TicketView> Redirect(CommandInfo info, string service, string? counter, string? pool, string newTicketId);

    /// <summary>Somebody may wait for this counter, which calls by itself; a hint that may be lost or come twice.</summary>
    [OneWay]
    Task SomebodyWaits();

    /// <summary>The counter as it stands.</summary>
    [ReadOnly]
    Task<CounterView> View();

    /// <summary>The counter as an estimate sees it; asked at any time, it holds nobody up.</summary>
    [AlwaysInterleave]
    Task<CounterSnapshot> Glance();

    /// <summary>What the hall's board shows of this counter.</summary>
    [ReadOnly]
    Task<CounterContribution> Contribution();
}

/// <summary>A counter for its clerk.</summary>
[GenerateSerializer, Immutable]
public sealed record CounterView(
    string Id,
    CounterStatus State,
    string? Clerk,
    ImmutableArray<string> Services,
    TicketView? Active,
    ImmutableArray<TicketView> Held,
    CallReason? Why,
    string? PauseReason);

/// <summary>The answer to a call; both null when nobody waits.</summary>
[GenerateSerializer, Immutable]
public sealed record CallAnswer(TicketView? Ticket, CallReason? Why);

/// <summary>A counter on the board. A larger <paramref name="Seq"/> of the same or a later day replaces a smaller one.</summary>
/// <param name="Counter">The counter.</param>
/// <param name="Day">The hall's day.</param>
/// <param name="Seq">Head of the counter's stream.</param>
/// <param name="State">Closed, open or paused.</param>
/// <param name="Number">The active ticket's number, if any.</param>
/// <param name="CalledAt">When that was last called.</param>
/// <param name="PauseReason">Why it is paused, if it is.</param>
/// <param name="Services">The services it serves.</param>
[GenerateSerializer, Immutable]
public sealed record CounterContribution(
    string Counter,
    DateOnly Day,
    long Seq,
    CounterStatus State,
    string? Number,
    DateTimeOffset? CalledAt,
    string? PauseReason,
    ImmutableArray<string> Services);
