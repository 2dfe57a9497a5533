using System.Collections.Immutable;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Announcing;
using OneStop.Domain.Halls.Displays;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Feeds;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Halls;

/// <summary>A hall's board; the key is the hall's code. Its feed is <c>hall/{hall}</c>.</summary>
public interface IHallGrain : IFeedGrain
{
    /// <summary>A queue has changed; a hint that may be lost.</summary>
    [OneWay]
    Task TellQueue(QueueContribution contribution);

    /// <summary>A counter has changed; a hint that may be lost.</summary>
    [OneWay]
    Task TellCounter(CounterContribution contribution);

    /// <summary>How many counters serve a service now and how many of these are free.</summary>
    [ReadOnly]
    Task<Staffing> StaffingOf(string service);

    /// <summary>What the wallboard shows of this hall.</summary>
    [ReadOnly]
    Task<HallContribution> Contribution();

    /// <summary>A display would say a call of its zone aloud: the call, to be said once; null when there is none or another display speaks.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="key">The display's key.</param>
    /// <param name="connection">The display's connection.</param>
    /// <exception cref="Domain.OneStopException"><c>not-paired</c>, <c>wrong-zone</c> or <c>unknown-zone</c>.</exception>
    Task<Announcement?> Speak(string zone, DisplayKey key, string connection);

    /// <summary>A display acknowledges what it has said.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="key">The display's key.</param>
    /// <param name="connection">The display's connection.</param>
    /// <param name="call">The call.</param>
    /// <param name="complete">Whether it was heard to its end.</param>
    /// <exception cref="Domain.OneStopException"><c>not-paired</c> or <c>wrong-zone</c>.</exception>
    Task Heard(string zone, DisplayKey key, string connection, string call, bool complete);

    /// <summary>A display's connection has gone; whatever was being said over it is for another display.</summary>
    [OneWay]
    Task ConnectionGone(string connection);

    /// <summary>The paired displays are others now: who is not among them falls silent at once.</summary>
    Task TellDisplays(PairedDisplays told);

    /// <summary>Asks every queue and counter and for the paired displays again, so that whatever hint was lost is made good.</summary>
    Task Reconcile();
}

/// <summary>Who serves a service now.</summary>
/// <param name="Counters">Counters open for it.</param>
/// <param name="Free">Those of them without a ticket.</param>
/// <param name="Mean">Expected length of one service.</param>
[GenerateSerializer, Immutable]
public readonly record struct Staffing(int Counters, int Free, TimeSpan Mean)
{
    /// <summary>The wait of somebody with so many ahead.</summary>
    public WaitEstimate Estimate(int ahead) => WaitEstimate.For(ahead, Counters, Free, Mean);
}

/// <summary>A hall on the wallboard.</summary>
/// <param name="Hall">The hall.</param>
/// <param name="Waiting">Tickets waiting.</param>
/// <param name="Since">When the longest waiting was taken.</param>
/// <param name="Serving">Counters with a ticket.</param>
/// <param name="OpenCounters">Counters open.</param>
[GenerateSerializer, Immutable]
public sealed record HallContribution(string Hall, int Waiting, DateTimeOffset? Since, int Serving, int OpenCounters)
{
    /// <summary>Seconds of waiting that are too long here. Default: not known.</summary>
    [Id(0)]
    public long? LimitSeconds { get; init; }
}

/// <summary>One ticket for its holder; the key is the ticket's id. Its feed is <c>ticket/{id}</c>.</summary>
public interface ITicketGrain : IFeedGrain
{
    /// <summary>The ticket as it stands.</summary>
    /// <exception cref="Domain.OneStopException"><c>unknown-ticket</c>.</exception>
    Task<TicketView> View();

    /// <summary>Gives the ticket up.</summary>
    Task<TicketView> Cancel(CommandInfo info);

    /// <summary>Everything that happened to the visitor from the appointment to the rectification, over redirected tickets too.</summary>
    Task<ImmutableArray<TimelineEntry>> Story();
}
