using System.Collections.Immutable;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Estimating;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Halls;

/// <summary>
/// The waits of a hall; the key is the hall's code. It simulates at most once a second and only when asked, and answers
/// meanwhile with what it knew last, so that no queue, no counter and hardly a visitor ever waits for it.
/// </summary>
public interface IWaitGrain : IGrainWithStringKey
{
    /// <summary>The wait still ahead of a waiting ticket; null when it was not waiting at the last simulation.</summary>
    [AlwaysInterleave]
    Task<WaitEstimate?> Of(string ticketId);

    /// <summary>The wait of a ticket taken now; null when nothing can be said.</summary>
    [AlwaysInterleave]
    Task<WaitEstimate?> OfNew(string service, Segment segment);

    /// <summary>A ticket was taken, called or came to its end; a hint that may be lost.</summary>
    [OneWay]
    Task Tell(Ticket ticket);

    /// <summary>What was learned, and how good the estimates were.</summary>
    Task<HallLearned> Learned();
}

/// <summary>What a hall has learned from the tickets of the last days.</summary>
/// <param name="Since">The first day looked at.</param>
/// <param name="Calibration">Estimates beside what became of them.</param>
/// <param name="Services">What is known of each service.</param>
[GenerateSerializer, Immutable]
public sealed record HallLearned(DateOnly Since, Calibration Calibration, ImmutableArray<LearnedService> Services);

/// <summary>What is known of a service.</summary>
/// <param name="Service">The service.</param>
/// <param name="Seen">How many lengths it rests on; 0 is the definition's word alone.</param>
/// <param name="MeanSeconds">Expected length, from the call to the end.</param>
/// <param name="NoShow">Share of visitors who do not come.</param>
[GenerateSerializer, Immutable]
public sealed record LearnedService(string Service, long Seen, long MeanSeconds, double NoShow);
