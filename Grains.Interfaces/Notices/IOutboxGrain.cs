using OneStop.Domain.Notices;
using Orleans;

namespace OneStop.Grains.Interfaces.Notices;

/// <summary>
/// One shard of a channel's outbox; the key is <c>channel/shard</c>. Woken, it delivers what is due; what fails is
/// tried again and never given up.
/// </summary>
public interface IOutboxGrain : IWakeable
{
    /// <summary>How many shards a channel has.</summary>
    const int Shards = 4;

    /// <summary>Delivers a notice that its receiver had refused once more, now.</summary>
    /// <param name="id">The delivery.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-delivery</c>, <c>wrong-state</c>: it was not refused.</exception>
    Task<DeliveryRecord> Retry(string id);
}

/// <summary>How a delivery stands.</summary>
[GenerateSerializer, System.Text.Json.Serialization.JsonConverter(typeof(Domain.CamelCaseEnumConverter<DeliveryState>))]
public enum DeliveryState
{
    /// <summary>It is to be delivered, or to be tried again.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>The receiver will not have it, or there is no address: somebody has to look.</summary>
    Refused,
}

/// <summary>A notice on its way through a channel.</summary>
/// <param name="Id">Its own; the receiver tells repetitions by it.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Notice">The notice.</param>
/// <param name="To">For whom.</param>
/// <param name="State">How it stands.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">When the notice was given.</param>
/// <param name="NextAt">When it is tried next; null when it is not.</param>
/// <param name="DeliveredAt">When the receiver took it.</param>
/// <param name="Error">Why the last attempt failed.</param>
[GenerateSerializer, Immutable]
public sealed record DeliveryRecord(
    string Id,
    NoticeChannel Channel,
    string Notice,
    Audience To,
    DeliveryState State,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAt,
    DateTimeOffset? DeliveredAt,
    string? Error);
