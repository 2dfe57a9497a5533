using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>A counter (窗口) on one day.</summary>
[GenerateSerializer, Immutable]
public sealed record CounterState
{
    /// <summary>A counter nobody has opened yet.</summary>
    public static CounterState Initial { get; } = new();

    /// <summary>Closed, open or paused.</summary>
    [Id(0)]
    public CounterStatus Status { get; init; }

    /// <summary>The clerk who opened it. Default: nobody.</summary>
    [Id(1)]
    public string? Clerk { get; init; }

    /// <summary>The services it serves today.</summary>
    [Id(2)]
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>The one ticket it is occupied with. Default: none.</summary>
    [Id(3)]
    public Ticket? Active { get; init; }

    /// <summary>Why the active ticket was called. Default: none.</summary>
    [Id(4)]
    public CallReason? Why { get; init; }

    /// <summary>Tickets put aside here.</summary>
    [Id(5)]
    public ImmutableArray<Ticket> Held { get; init; } = [];

    /// <summary>Why it is paused. Default: it is not.</summary>
    [Id(6)]
    public string? PauseReason { get; init; }

    /// <summary>The ticket that the last event moved, as it stands after it. Default: none.</summary>
    [Id(7)]
    public Ticket? LastMoved { get; init; }

    /// <summary>What it called today, as far as the policy's ratios ask.</summary>
    [Id(8)]
    public CallTurns Turns { get; init; }

    /// <summary>When it was opened or its last ticket left it; only an open counter without a ticket is free. Default: not yet.</summary>
    [Id(9)]
    public DateTimeOffset? FreeSince { get; init; }

    /// <summary>The tickets still here, as the end of the day ends them: whoever was being served has been, who was called has not come.</summary>
    public ImmutableArray<Ticket> LeftAt(DateTimeOffset end) =>
    [
        .. (Active is null ? Held : Held.Insert(0, Active)).Select(t => t with
        {
            State = t.State == TicketState.Called ? TicketState.NoShow : TicketState.Finished,
            EndedAt = end,
            Outcome = TicketOutcome.DayEnded,
        }),
    ];

    /// <summary>The state after an event. Total: an event that was recorded always applies.</summary>
    public CounterState Evolve(CounterEvent e)
    {
        var after = Apply(e);
        return after.Active is null && (Active is not null || e is CounterOpened) ? after with { FreeSince = e.At } : after;
    }

    private CounterState Apply(CounterEvent e) => e switch
    {
        CounterOpened opened => this with { Status = CounterStatus.Open, Clerk = opened.Actor, Services = opened.Services, PauseReason = null },
        CounterPaused paused => this with { Status = CounterStatus.Paused, PauseReason = paused.Reason },
        CounterDayEnded => this with { Status = CounterStatus.Closed, Clerk = null, PauseReason = null, Active = null, Why = null, Held = [] },
        CounterClosed => this with { Status = CounterStatus.Closed, Clerk = null, PauseReason = null },
        TicketAssigned assigned => Assign(assigned),
        TicketRecalled => Move(t => t with { Calls = t.Calls + 1, CalledAt = e.At }),
        ServiceStarted => Move(t => t with { State = TicketState.Serving, StartedAt = e.At }),
        ServiceFinished finished => Move(t => t with { State = TicketState.Finished, EndedAt = e.At, Outcome = finished.Outcome }),
        VisitorDidNotCome => Move(t => t with { State = TicketState.NoShow, EndedAt = e.At }),
        TicketPutAside => PutAside(),
        TicketTakenUp taken => TakeUp(taken),
        TicketHandedOver over => Move(t => t with
        {
            State = over.ContinuedBy is null ? TicketState.Waiting : TicketState.Redirected,
            EndedAt = over.ContinuedBy is null ? null : e.At,
        }),
        _ => this,
    };

    private CounterState Assign(TicketAssigned e)
    {
        var ticket = e.Ticket with { FirstCalledAt = e.Ticket.FirstCalledAt ?? e.At };
        return this with
        {
            Active = ticket,
            Why = e.Why,
            LastMoved = ticket,
            Turns = Turns.After(ticket.Segment, e.Why.Rule == CallRule.Ratio),
        };
    }

    private CounterState Move(Func<Ticket, Ticket> change)
    {
        if (Active is null) return this;
        var moved = change(Active);
        return moved.IsActive
            ? this with { Active = moved, LastMoved = moved }
            : this with { Active = null, Why = null, LastMoved = moved };
    }

    private CounterState PutAside()
    {
        if (Active is null) return this;
        var held = Active with { State = TicketState.Held };
        return this with { Active = null, Why = null, Held = Held.Add(held), LastMoved = held };
    }

    private CounterState TakeUp(TicketTakenUp e)
    {
        foreach (var ticket in Held)
        {
            if (ticket.Id != e.TicketId) continue;
            var active = ticket with { State = TicketState.Serving, StartedAt = ticket.StartedAt ?? e.At };
            return this with { Held = Held.Remove(ticket), Active = active, LastMoved = active };
        }

        return this;
    }
}

/// <summary>Whether a counter serves.</summary>
[GenerateSerializer]
[JsonConverter(typeof(CamelCaseEnumConverter<CounterStatus>))]
public enum CounterStatus
{
    /// <summary>Nobody is there.</summary>
    Closed,

    /// <summary>Serving.</summary>
    Open,

    /// <summary>Calls nobody for a while.</summary>
    Paused,
}
