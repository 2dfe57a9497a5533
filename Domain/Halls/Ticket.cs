using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>A hall ticket (排队票) with all that is known of it; it holds no personal data.</summary>
/// <param name="Id">Its unguessable id.</param>
/// <param name="Number">What is printed and called, such as <c>A012</c>; unique in its hall on its day.</param>
/// <param name="Hall">The hall.</param>
/// <param name="Service">The service it waits for now.</param>
/// <param name="Day">The hall's local day.</param>
/// <param name="Segment">The kind of visitor.</param>
/// <param name="Language">Language of announcements, <c>zh</c> or <c>en</c>.</param>
/// <param name="TakenAt">When it was taken; waiting counts from here, also after a transfer.</param>
[GenerateSerializer, Immutable]
public sealed record Ticket(
    string Id, string Number, string Hall, string Service, DateOnly Day, Segment Segment, string Language, DateTimeOffset TakenAt)
{
    /// <summary>Where it stands. Default: waiting.</summary>
    [Id(0)]
    public TicketState State { get; init; }

    /// <summary>The counter that has it or had it last. Default: none yet.</summary>
    [Id(1)]
    public string? Counter { get; init; }

    /// <summary>The clerk who has it or had it last. Default: none yet.</summary>
    [Id(2)]
    public string? Clerk { get; init; }

    /// <summary>When it was last called. Default: not called yet.</summary>
    [Id(3)]
    public DateTimeOffset? CalledAt { get; init; }

    /// <summary>When service began. Default: not begun.</summary>
    [Id(4)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it came to its end. Default: not ended.</summary>
    [Id(5)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often it was called at its counter. Default: 0.</summary>
    [Id(6)]
    public int Calls { get; init; }

    /// <summary>How service ended, in the clerk's word. Default: none.</summary>
    [Id(7)]
    public string? Outcome { get; init; }

    /// <summary>The only counter that may call it, after a transfer to a counter. Default: any.</summary>
    [Id(8)]
    public string? OnlyCounter { get; init; }

    /// <summary>The ticket it was redirected from. Default: none.</summary>
    [Id(9)]
    public string? Previous { get; init; }

    /// <summary>When it was first called to the counter it is at or was at last; its wait ended here, however often it was called again. Default: not called yet.</summary>
    [Id(10)]
    public DateTimeOffset? FirstCalledAt { get; init; }

    /// <summary>The wait that was estimated by simulation when it was taken. Default: none was.</summary>
    [Id(11)]
    public WaitEstimate? Estimated { get; init; }

    /// <summary>The appointment it was taken with. Default: none.</summary>
    [Id(12)]
    public string? Appointment { get; init; }

    /// <summary>The pool whose counters only may call it, after it was handed to one. Default: any counter.</summary>
    [Id(13)]
    public string? Pool { get; init; }

    /// <summary>Whether it is kept for one counter or for the counters of a pool.</summary>
    [JsonIgnore]
    public bool IsKept => OnlyCounter is not null || Pool is not null;

    /// <summary>Whether a counter is occupied with it now.</summary>
    [JsonIgnore]
    public bool IsActive => State is TicketState.Called or TicketState.Serving;

    /// <summary>Whether a counter may call it, as far as it is kept for somebody.</summary>
    /// <param name="counter">The counter.</param>
    /// <param name="pools">The pools it belongs to.</param>
    public bool IsFor(string counter, ImmutableArray<string> pools) =>
        !IsKept || OnlyCounter == counter || (Pool is { } pool && !pools.IsDefault && pools.Contains(pool));
}

/// <summary>Where a ticket stands.</summary>
[GenerateSerializer]
[JsonConverter(typeof(CamelCaseEnumConverter<TicketState>))]
public enum TicketState
{
    /// <summary>In its queue (等候).</summary>
    Waiting,

    /// <summary>Called to a counter (已叫号).</summary>
    Called,

    /// <summary>At the counter (办理中).</summary>
    Serving,

    /// <summary>Put aside at its counter (挂起).</summary>
    Held,

    /// <summary>Served (办结).</summary>
    Finished,

    /// <summary>Did not come (过号).</summary>
    NoShow,

    /// <summary>Given up by the visitor (取消).</summary>
    Cancelled,

    /// <summary>Continued by a new ticket (转办).</summary>
    Redirected,
}
