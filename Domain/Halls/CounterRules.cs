using System.Collections.Immutable;

namespace OneStop.Domain.Halls;

/// <summary>The rules of a counter: a clerk works on one ticket at a time and loses none.</summary>
public static class CounterRules
{
    /// <summary>How often one ticket is called before it must be given up.</summary>
    public const int MaxCalls = 3;

    /// <summary>Opens the counter, for all services of its profile or some of them; also ends a pause.</summary>
    public static Decision<CounterEvent> Open(
        CounterState state, CounterDefinition profile, ImmutableArray<string> services, string clerk, DateTimeOffset now)
    {
        if (state.Status != CounterStatus.Closed && state.Clerk != clerk)
            return Refusals.WrongState($"Counter {profile.Id} is open under another clerk; it must be closed there first.");
        foreach (var service in services)
            if (!profile.Services.Contains(service))
                return new OneStopException(RefusalKind.Unprocessable, "unknown-service", $"Counter {profile.Id} does not serve '{service}'.");
        var chosen = services.IsDefaultOrEmpty ? profile.Services : services;
        return state.Status == CounterStatus.Open && state.Services.SequenceEqual(chosen)
            ? Decision<CounterEvent>.Nothing
            : Decision<CounterEvent>.Of(new CounterOpened(now, clerk, chosen));
    }

    /// <summary>Stops calling for a while; a ticket already called may be finished.</summary>
    public static Decision<CounterEvent> Pause(CounterState state, string reason, string clerk, DateTimeOffset now)
    {
        if (Mine(state, clerk) is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(reason)) return Refusals.Validation("/reason", "required", "Say why the counter pauses.");
        return state.Status == CounterStatus.Paused
            ? Refusals.WrongState("The counter is already paused.")
            : Decision<CounterEvent>.Of(new CounterPaused(now, clerk, reason));
    }

    /// <summary>Closes the counter; refused while it has a ticket, so that none is lost.</summary>
    public static Decision<CounterEvent> Close(CounterState state, string clerk, DateTimeOffset now)
    {
        if (Mine(state, clerk) is { } refusal) return refusal;
        if (state.Active is not null) return Busy(state.Active);
        return state.Held.IsEmpty
            ? Decision<CounterEvent>.Of(new CounterClosed(now, clerk))
            : Refusals.WrongState($"{state.Held.Length} tickets are put aside here: finish or transfer them first.");
    }

    /// <summary>Ends the day: the counter closes, and every ticket still there comes to an end that says so.</summary>
    public static Decision<CounterEvent> EndDay(CounterState state, string actor, DateTimeOffset now)
    {
        var left = state.LeftAt(now);
        return state.Status == CounterStatus.Closed && left.IsEmpty
            ? Decision<CounterEvent>.Nothing
            : Decision<CounterEvent>.Of(new CounterDayEnded(now, actor, [.. left.Select(t => t.Id)]));
    }

    /// <summary>Whether the counter may take a ticket now; null when it may.</summary>
    public static OneStopException? MayCall(CounterState state, string clerk)
    {
        if (Mine(state, clerk) is { } refusal) return refusal;
        if (state.Status == CounterStatus.Paused) return NotOpen("The counter is paused: open it again first.");
        return state.Active is null ? null : Busy(state.Active);
    }

    /// <summary>From when on a free counter calls by itself (H3); null when only its clerk calls.</summary>
    public static DateTimeOffset? CallsByItselfFrom(CounterState state, CounterDefinition profile) =>
        profile.AutoCallAfter is { } pause && state is { Status: CounterStatus.Open, Active: null, FreeSince: { } since } ? since + pause : null;

    /// <summary>Calls the active ticket once more, at most three times in all.</summary>
    public static Decision<CounterEvent> Recall(CounterState state, string clerk, DateTimeOffset now) =>
        WithActive(state, clerk, TicketState.Called, ticket => ticket.Calls >= MaxCalls
            ? Refusals.WrongState($"{ticket.Number} has been called {MaxCalls} times: serve it or mark it as not come.")
            : Decision<CounterEvent>.Of(new TicketRecalled(now, clerk, ticket.Id)));

    /// <summary>The visitor is here: service begins.</summary>
    public static Decision<CounterEvent> Start(CounterState state, string clerk, DateTimeOffset now) =>
        WithActive(state, clerk, TicketState.Called, ticket => Decision<CounterEvent>.Of(new ServiceStarted(now, clerk, ticket.Id)));

    /// <summary>Service is done; a visitor called but not marked as started was served all the same.</summary>
    public static Decision<CounterEvent> Finish(CounterState state, string outcome, string clerk, DateTimeOffset now) =>
        WithActive(state, clerk, null, ticket => ticket.State == TicketState.Called
            ? Decision<CounterEvent>.Of(new ServiceStarted(now, clerk, ticket.Id), new ServiceFinished(now, clerk, ticket.Id, outcome))
            : Decision<CounterEvent>.Of(new ServiceFinished(now, clerk, ticket.Id, outcome)));

    /// <summary>The visitor did not come.</summary>
    public static Decision<CounterEvent> NoShow(CounterState state, string clerk, DateTimeOffset now) =>
        WithActive(state, clerk, TicketState.Called, ticket => Decision<CounterEvent>.Of(new VisitorDidNotCome(now, clerk, ticket.Id)));

    /// <summary>Puts the active ticket aside, to be taken up here later.</summary>
    public static Decision<CounterEvent> Hold(CounterState state, string clerk, DateTimeOffset now) =>
        WithActive(state, clerk, null, ticket => Decision<CounterEvent>.Of(new TicketPutAside(now, clerk, ticket.Id)));

    /// <summary>Takes up a ticket that was put aside here.</summary>
    public static Decision<CounterEvent> Resume(CounterState state, string ticketId, string clerk, DateTimeOffset now)
    {
        if (MayCall(state, clerk) is { } refusal) return refusal;
        return state.Held.Any(t => t.Id == ticketId)
            ? Decision<CounterEvent>.Of(new TicketTakenUp(now, clerk, ticketId))
            : Refusals.WrongState("This ticket is not put aside at this counter.");
    }

    /// <summary>Hands the active ticket to a queue.</summary>
    /// <param name="state">The counter.</param>
    /// <param name="service">The queue's service.</param>
    /// <param name="continuedBy">Id of the new ticket that continues it (redirect); null for the same ticket (transfer).</param>
    /// <param name="clerk">Who does it.</param>
    /// <param name="now">When.</param>
    public static Decision<CounterEvent> HandOver(CounterState state, string service, string? continuedBy, string clerk, DateTimeOffset now) =>
        WithActive(state, clerk, null, ticket => Decision<CounterEvent>.Of(new TicketHandedOver(now, clerk, ticket.Id, service, continuedBy)));

    private static OneStopException? Mine(CounterState state, string clerk) => state.Status switch
    {
        CounterStatus.Closed => NotOpen("Open the counter first."),
        _ when state.Clerk != clerk => Refusals.NotAllowed("Another clerk works at this counter."),
        _ => null,
    };

    private static Decision<CounterEvent> WithActive(
        CounterState state, string clerk, TicketState? required, Func<Ticket, Decision<CounterEvent>> decide)
    {
        if (Mine(state, clerk) is { } refusal) return refusal;
        if (state.Active is null) return Refusals.WrongState("No ticket is at this counter.");
        return required is not null && state.Active.State != required
            ? Refusals.WrongState($"{state.Active.Number} is already being served.")
            : decide(state.Active);
    }

    private static OneStopException NotOpen(string message) => Refusals.Conflict("counter-not-open", message);

    private static OneStopException Busy(Ticket ticket) =>
        Refusals.Conflict("counter-busy", $"{ticket.Number} is still at this counter: finish it, hold it or hand it over first.");
}
