using System.Collections.Immutable;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>What a hall has learned of its services from tickets that came to their end.</summary>
/// <param name="Services">By service.</param>
/// <param name="Changeover">From the end of one ticket to the next call of the same counter while somebody waits.</param>
/// <param name="Walk">From the call to the beginning of service, of visitors who come.</param>
/// <param name="Lateness">From the planned opening of a counter to its opening.</param>
public sealed record HallFit(
    ImmutableDictionary<string, ServiceFit> Services, DurationFit Changeover, DurationFit Walk, DurationFit Lateness)
{
    /// <summary>What is known before anything was seen: the expected lengths of the definition.</summary>
    public static HallFit Prior(HallDefinition hall) => new(
        hall.Services.ToImmutableDictionary(s => s.Id, s => ServiceFit.Prior(s.ExpectedService)),
        DurationFit.Prior(TimeSpan.FromSeconds(15)),
        DurationFit.Prior(TimeSpan.FromSeconds(20)),
        DurationFit.Prior(TimeSpan.FromMinutes(3)));

    /// <summary>The fit of a service; of one not known, a prior of ten minutes.</summary>
    public ServiceFit Of(string service) => Services.GetValueOrDefault(service) ?? ServiceFit.Prior(TimeSpan.FromMinutes(10));

    /// <summary>The fit after a ticket came to its end at a counter; other tickets teach nothing.</summary>
    public HallFit Observe(Ticket ticket)
    {
        if (ticket is not { CalledAt: { } called, EndedAt: { } ended, State: TicketState.Finished or TicketState.Redirected or TicketState.NoShow })
            return this;
        // From the first call: the counter is occupied while it calls again.
        var length = ended - (ticket.FirstCalledAt ?? called);
        return this with
        {
            Services = Services.SetItem(ticket.Service, Of(ticket.Service).Observe(length, ticket.State == TicketState.NoShow)),
            Walk = ticket is { State: not TicketState.NoShow, StartedAt: { } started } ? Walk.Observe(started - called) : Walk,
        };
    }

    /// <summary>The fit after a counter called <paramref name="gap"/> after its last ticket, with somebody waiting all the while.</summary>
    public HallFit ObserveChangeover(TimeSpan gap) => this with { Changeover = Changeover.Observe(gap) };

    /// <summary>The fit after a counter opened so much later than planned.</summary>
    public HallFit ObserveLateness(TimeSpan late) => this with { Lateness = Lateness.Observe(late) };
}

/// <summary>What is learned of one service.</summary>
/// <param name="Occupied">How long a visitor who comes occupies the counter, from the call to the end.</param>
/// <param name="NoShow">Share of visitors who do not come.</param>
/// <param name="NoShowTime">How long the counter is occupied with one who does not.</param>
public sealed record ServiceFit(DurationFit Occupied, ShareFit NoShow, DurationFit NoShowTime)
{
    /// <summary>What is known before anything was seen.</summary>
    public static ServiceFit Prior(TimeSpan expected) =>
        new(DurationFit.Prior(expected), ShareFit.Prior, DurationFit.Prior(TimeSpan.FromSeconds(90)));

    /// <summary>The fit after one more visitor.</summary>
    public ServiceFit Observe(TimeSpan occupied, bool noShow) => noShow
        ? this with { NoShow = NoShow.Observe(true), NoShowTime = NoShowTime.Observe(occupied) }
        : this with { NoShow = NoShow.Observe(false), Occupied = Occupied.Observe(occupied) };
}
