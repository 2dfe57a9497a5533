using System.Collections.Immutable;

namespace OneStop.Domain.Halls.Simulating;

/// <summary>A visitor of a simulation.</summary>
/// <param name="TakenAt">When the ticket is taken.</param>
/// <param name="Service">For which service.</param>
/// <param name="Segment">In which segment.</param>
/// <param name="Occupies">How long the visitor occupies the counter, from the call to the end.</param>
/// <param name="NoShow">Whether the visitor does not come when called. Default: comes.</param>
/// <param name="OnlyCounter">The only counter that may call. Default: any.</param>
public sealed record Visit(
    DateTimeOffset TakenAt, string Service, Segment Segment, TimeSpan Occupies, bool NoShow = false, string? OnlyCounter = null);

/// <summary>What became of a visitor.</summary>
/// <param name="Visit">The visitor.</param>
/// <param name="CalledAt">When called; null when never.</param>
/// <param name="Counter">Where; null when never called.</param>
/// <param name="Rule">By which rule; null when never called.</param>
public readonly record struct SimulatedVisit(Visit Visit, DateTimeOffset? CalledAt, string? Counter, string? Rule)
{
    /// <summary>The wait until the call; null when never called.</summary>
    public TimeSpan? Wait => CalledAt - Visit.TakenAt;

    /// <summary>When the counter was free again; null when never called.</summary>
    public DateTimeOffset? EndedAt => CalledAt + Visit.Occupies;
}

/// <summary>A counter of a simulation.</summary>
/// <param name="Id">The counter.</param>
/// <param name="Services">The services it serves.</param>
/// <param name="Supports">The services it helps out with.</param>
/// <param name="Open">When it is open, in order; a service that has begun is finished after the end.</param>
public sealed record CounterPlan(
    string Id,
    ImmutableArray<string> Services,
    ImmutableArray<SupportedService> Supports,
    ImmutableArray<OpenInterval> Open);

/// <summary>From an instant until before another.</summary>
/// <param name="From">From.</param>
/// <param name="To">Until.</param>
public readonly record struct OpenInterval(DateTimeOffset From, DateTimeOffset To);
