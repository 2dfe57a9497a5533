using System.Collections.Immutable;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Appointments;
using OneStop.Domain.Halls.Estimating;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Halls;

/// <summary>Today's waiting tickets of one service of a hall; the key is <c>hall/service</c>.</summary>
public interface IQueueGrain : IWakeable
{
    /// <summary>Takes a ticket.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="command">The ticket wanted.</param>
    /// <param name="staffing">Who serves this service now, for the estimate.</param>
    /// <param name="phone">The visitor's telephone number, kept apart and encrypted; null when not given.</param>
    Task<TicketView> Take(CommandInfo info, TakeTicket command, Staffing staffing, string? phone);

    /// <summary>Takes a ticket for an appointment, and records it in the appointment's book too, both or neither.</summary>
    Task<BookedResult> TakeBooked(BookedRequest request);

    /// <summary>
    /// What a counter may call; null when nobody waits for it. Asked at any time: while the queue writes, it offers what
    /// will be there then, and <see cref="Call"/> decides.
    /// </summary>
    /// <param name="counter">The counter.</param>
    /// <param name="keptOnly">Only tickets kept for this very counter or its pools: it does not serve this queue's service today.</param>
    /// <param name="pools">The pools it belongs to.</param>
    [AlwaysInterleave]
    Task<CallOffer?> Offer(string counter, bool keptOnly, ImmutableArray<string> pools);

    /// <summary>Gives a counter its next ticket, or the named one; null when nobody waits.</summary>
    Task<CallResult?> Call(CallRequest request);

    /// <summary>Takes in a ticket that a counter hands over, and records it at the counter too, both or neither.</summary>
    Task<HandOverResult> HandOver(HandOverRequest request);

    /// <summary>Gives a waiting ticket up.</summary>
    Task<TicketView> Cancel(CommandInfo info, string ticketId);

    /// <summary>Takes no more tickets today; those still waiting lapse.</summary>
    Task<QueueContribution> Close(CommandInfo info);

    /// <summary>Takes tickets again.</summary>
    Task<QueueContribution> Reopen(CommandInfo info);

    /// <summary>Where a waiting ticket stands; null when it does not wait here.</summary>
    [ReadOnly]
    Task<QueuePosition?> Position(string ticketId);

    /// <summary>Everybody who waits here, in no order; asked at any time, it holds nobody up.</summary>
    [AlwaysInterleave]
    Task<ImmutableArray<WaitingTicket>> Waiting();

    /// <summary>What the hall's board shows of this queue.</summary>
    [ReadOnly]
    Task<QueueContribution> Contribution();
}

/// <summary>A book of appointments, in its own turn, wants a ticket for a visitor who has come.</summary>
/// <param name="Info">The command's id.</param>
/// <param name="BookStream">The book's stream.</param>
/// <param name="BookHead">Its head as the book knows it.</param>
/// <param name="Kept">The book's event.</param>
/// <param name="Appointment">The appointment as it is afterwards.</param>
/// <param name="Command">The ticket wanted.</param>
/// <param name="Staffing">Who serves this service now, for the estimate.</param>
[GenerateSerializer, Immutable]
public sealed record BookedRequest(
    CommandInfo Info, string BookStream, long BookHead, AppointmentKept Kept, Appointment Appointment, TakeTicket Command, Staffing Staffing);

/// <summary>What the queue did.</summary>
/// <param name="Answer">The ticket.</param>
/// <param name="Fresh">Whether it was recorded now; false when the answer is the first one again.</param>
[GenerateSerializer, Immutable]
public sealed record BookedResult(TicketView Answer, bool Fresh);

/// <summary>What a queue has for a counter.</summary>
/// <param name="Heads">The longest waiting ticket of each segment; not empty.</param>
[GenerateSerializer, Immutable]
public sealed record CallOffer(ImmutableArray<Ticket> Heads);

/// <summary>A counter, in its own turn, wants a ticket.</summary>
/// <param name="Info">The command's id.</param>
/// <param name="CounterStream">The counter's stream of today.</param>
/// <param name="CounterHead">Its head as the counter knows it.</param>
/// <param name="Call">What it wants.</param>
[GenerateSerializer, Immutable]
public sealed record CallRequest(CommandInfo Info, string CounterStream, long CounterHead, CounterCall Call);

/// <summary>What the queue did.</summary>
/// <param name="Answer">The command's answer.</param>
/// <param name="Assigned">The event it appended to the counter's stream; null when the answer is the first one again.</param>
[GenerateSerializer, Immutable]
public sealed record CallResult(CallAnswer Answer, TicketAssigned? Assigned);

/// <summary>A counter, in its own turn, hands its active ticket over.</summary>
/// <param name="Info">The command's id.</param>
/// <param name="CounterStream">The counter's stream of today.</param>
/// <param name="CounterHead">Its head as the counter knows it.</param>
/// <param name="HandedOver">The counter's event.</param>
/// <param name="Ticket">The ticket as it leaves the counter.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Continue">The new ticket to take, for a redirect; null for a transfer.</param>
[GenerateSerializer, Immutable]
public sealed record HandOverRequest(
    CommandInfo Info, string CounterStream, long CounterHead, TicketHandedOver HandedOver, Ticket Ticket, Destination To, TakeTicket? Continue);

/// <summary>What the queue did.</summary>
/// <param name="Answer">The ticket in its new queue.</param>
/// <param name="Fresh">Whether it was recorded now; false when the answer is the first one again.</param>
[GenerateSerializer, Immutable]
public sealed record HandOverResult(TicketView Answer, bool Fresh);

/// <summary>A waiting ticket's place.</summary>
[GenerateSerializer, Immutable]
public sealed record QueuePosition(Ticket Ticket, int Ahead);

/// <summary>A queue on the board. A larger <paramref name="Seq"/> of the same or a later day replaces a smaller one.</summary>
[GenerateSerializer, Immutable]
public sealed record QueueContribution(string Service, DateOnly Day, long Seq, int Count, DateTimeOffset? Since);
