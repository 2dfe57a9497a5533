using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls.Simulating;

/// <summary>Asks how a day would have gone otherwise (H13).</summary>
public static class WhatIf
{
    /// <summary>
    /// Compares a day as it was, replayed as it was set up, and replayed with changes. The replay shows what the model
    /// leaves out (clerks who wait between tickets, calls by name); only replay and change compare like with like.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="change">What would be otherwise.</param>
    /// <param name="limit">The hall's waiting limit.</param>
    /// <exception cref="OneStopException"><c>validation</c>: the change names a counter twice.</exception>
    public static WhatIfAnswer Compare(RecordedDay day, WhatIfChange change, TimeSpan limit)
    {
        var counters = change.Counters ?? day.Counters;
        if (counters.GroupBy(c => c.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Refusals.Validation("/counters", "repeated", $"Counter '{twice.Key}' stands there {twice.Count()} times.");
        return new WhatIfAnswer(
            WaitFigures.Of(day.Visits.Select(v => (v.Visit, v.Waited)), limit),
            Replay(day.Policy, day.Counters, day, limit),
            Replay(change.Policy ?? day.Policy, counters, day, limit))
        {
            Setup = new WhatIfSetup(day.Counters.Count(c => !c.Open.IsEmpty), day.Policy, limit),
        };
    }

    private static WaitFigures Replay(CallPolicy policy, ImmutableArray<CounterPlan> counters, RecordedDay day, TimeSpan limit)
    {
        var result = HallSimulator.Run(policy, counters, [.. day.Visits.Select(v => v.Visit)]);
        return WaitFigures.Of(result.Visits.Select(v => (v.Visit, v.Wait)), limit);
    }
}

/// <summary>A day as the record has it.</summary>
/// <param name="Policy">Who was called next.</param>
/// <param name="Counters">When the counters were open, and for what.</param>
/// <param name="Visits">Who came, how long each occupied a counter, and how long each waited.</param>
public sealed record RecordedDay(CallPolicy Policy, ImmutableArray<CounterPlan> Counters, ImmutableArray<RecordedVisit> Visits)
{
    /// <summary>The day of a hall from its tickets and its counters' events.</summary>
    /// <param name="hall">The hall.</param>
    /// <param name="tickets">The day's tickets; those not called to an end (given up, still waiting) are left out.</param>
    /// <param name="events">The events of each counter, by its id.</param>
    /// <param name="end">When the day ends; what is open then ends then.</param>
    public static RecordedDay Of(
        HallDefinition hall, IEnumerable<Ticket> tickets, IReadOnlyDictionary<string, ImmutableArray<CounterEvent>> events, DateTimeOffset end) => new(
        hall.Policy,
        [.. hall.Counters.Select(c => new CounterPlan(
            c.Id, Services(c, events.GetValueOrDefault(c.Id, [])), c.Supports, Intervals(events.GetValueOrDefault(c.Id, []), end)))],
        [.. tickets.Select(Visit).OfType<RecordedVisit>().OrderBy(v => v.Visit.TakenAt)]);

    private static RecordedVisit? Visit(Ticket ticket)
    {
        if ((ticket.FirstCalledAt ?? ticket.CalledAt) is not { } called || ticket.EndedAt is not { } ended) return null;
        var visit = new Visit(
            ticket.TakenAt, ticket.Service, ticket.Segment, ended - called, ticket.State == TicketState.NoShow, ticket.OnlyCounter);
        return new RecordedVisit(visit, called - ticket.TakenAt);
    }

    private static ImmutableArray<string> Services(CounterDefinition counter, ImmutableArray<CounterEvent> events) =>
        events.OfType<CounterOpened>().SelectMany(e => e.Services).Distinct().ToImmutableArray() is { IsEmpty: false } served ? served : counter.Services;

    private static ImmutableArray<OpenInterval> Intervals(ImmutableArray<CounterEvent> events, DateTimeOffset end)
    {
        var intervals = ImmutableArray.CreateBuilder<OpenInterval>();
        DateTimeOffset? since = null;
        foreach (var e in events)
        {
            if (e is CounterOpened) since ??= e.At;
            if (e is not (CounterPaused or CounterClosed) || since is not { } from) continue;
            intervals.Add(new OpenInterval(from, e.At));
            since = null;
        }

        if (since is { } open) intervals.Add(new OpenInterval(open, end));
        return intervals.ToImmutable();
    }
}

/// <summary>What somebody wishes to know of a day.</summary>
/// <param name="Counters">How many counters would have been open; null for those that were.</param>
/// <param name="Policy">The policy; null for the one in force.</param>
[GenerateSerializer, Immutable]
public sealed record WhatIfWish(int? Counters, CallPolicy? Policy)
{
    /// <summary>Most counters of a hall.</summary>
    public const int MostCounters = 500;

    /// <summary>
    /// The change of a recorded day. Fewer counters are the first of those that were open; each one more serves every
    /// service, from the first opening of the day to its last closing.
    /// </summary>
    /// <exception cref="OneStopException"><c>validation</c>: so many counters no hall has, or the policy is none.</exception>
    public WhatIfChange ChangeOf(HallDefinition hall, RecordedDay day)
    {
        if (Counters is < 0 or > MostCounters) throw Refusals.Validation("/counters", "out-of-range", $"A hall has 0 to {MostCounters} counters.");
        if (Policy is not null && HallInspection.Faults(hall with { Policy = Policy }) is { IsEmpty: false } faults) throw Refusals.Validation(faults.AsSpan());
        if (Counters is not { } wanted) return new WhatIfChange(Policy: Policy);
        var were = day.Counters.Where(c => !c.Open.IsEmpty).ToImmutableArray();
        var counters = were.Take(wanted).ToImmutableArray();
        if (wanted > were.Length && !were.IsEmpty)
        {
            var open = new OpenInterval(were.Min(c => c.Open[0].From), were.Max(c => c.Open[^1].To));
            counters = counters.AddRange(Enumerable.Range(1, wanted - were.Length)
                .Select(i => new CounterPlan($"more-{i}", [.. hall.Services.Select(s => s.Id)], [], [open])));
        }

        return new WhatIfChange(counters, Policy);
    }
}

/// <summary>A visitor of a recorded day.</summary>
/// <param name="Visit">The visitor.</param>
/// <param name="Waited">The recorded wait until the first call; null when never called.</param>
public sealed record RecordedVisit(Visit Visit, TimeSpan? Waited);

/// <summary>What would be otherwise.</summary>
/// <param name="Counters">The counters. Default: as they were.</param>
/// <param name="Policy">The policy. Default: as it was.</param>
public sealed record WhatIfChange(ImmutableArray<CounterPlan>? Counters = null, CallPolicy? Policy = null);

/// <summary>The three days beside each other.</summary>
/// <param name="Recorded">As it was.</param>
/// <param name="Replayed">Simulated as it was set up.</param>
/// <param name="Changed">Simulated with the change.</param>
[GenerateSerializer, Immutable]
public sealed record WhatIfAnswer(WaitFigures Recorded, WaitFigures Replayed, WaitFigures Changed)
{
    /// <summary>How the replayed day was set up: what a change begins from.</summary>
    [Id(0)]
    public required WhatIfSetup Setup { get; init; }
}

/// <summary>How a replayed day was set up.</summary>
/// <param name="Counters">How many counters were open at some time of it.</param>
/// <param name="Policy">Who is called next.</param>
/// <param name="WaitingLimit">The hall's waiting limit.</param>
[GenerateSerializer, Immutable]
public sealed record WhatIfSetup(int Counters, CallPolicy Policy, TimeSpan WaitingLimit);
