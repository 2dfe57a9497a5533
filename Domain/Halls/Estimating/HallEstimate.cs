using System.Collections.Frozen;
using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls.Estimating;

/// <summary>The waits still ahead in a hall, as seen at one moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Waiting">Of every waiting ticket, by its id.</param>
/// <param name="New">Of a ticket taken at that moment.</param>
[GenerateSerializer, Immutable]
public sealed record HallEstimate(DateTimeOffset At, FrozenDictionary<string, WaitEstimate> Waiting, ImmutableArray<NewTicketEstimate> New)
{
    /// <summary>The wait of a ticket of this kind taken at that moment; null for a service the hall does not have.</summary>
    public WaitEstimate? ForNew(string service, Segment segment)
    {
        foreach (var estimate in New)
            if (estimate.Service == service && estimate.Segment == segment)
                return estimate.Wait;
        return null;
    }
}

/// <summary>The wait of a ticket taken now.</summary>
/// <param name="Service">For this service.</param>
/// <param name="Segment">In this segment.</param>
/// <param name="Wait">The wait.</param>
[GenerateSerializer, Immutable]
public sealed record NewTicketEstimate(string Service, Segment Segment, WaitEstimate Wait);

/// <summary>How an estimate is made.</summary>
/// <param name="Seed">Equal seeds give equal estimates.</param>
/// <param name="Futures">How many futures are simulated. Default: 200.</param>
public sealed record EstimateOptions(ulong Seed, int Futures = 200);
