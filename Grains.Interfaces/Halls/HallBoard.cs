using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Grains.Interfaces.Halls;

/// <summary>What a hall display shows; no personal data.</summary>
/// <param name="Hall">The hall.</param>
/// <param name="Called">Tickets now at counters, the last called first.</param>
/// <param name="Waiting">The waiting lists.</param>
/// <param name="Counters">The counters.</param>
[GenerateSerializer, Immutable]
public sealed record HallBoard(
    string Hall, ImmutableArray<CalledTicket> Called, ImmutableArray<WaitingList> Waiting, ImmutableArray<CounterOnBoard> Counters)
{
    /// <summary>The call whose turn it is to be said, in each zone that has one.</summary>
    [Id(0)]
    public ImmutableArray<ZoneCall> Announcing { get; init; } = [];

    /// <summary>Another number whenever a display was paired or unpaired, so that each looks how it stands itself.</summary>
    [Id(1)]
    public long Displays { get; init; }
}

/// <summary>A call whose turn it is to be said in a zone.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Key">The call.</param>
/// <param name="Said">How often it was said.</param>
/// <param name="Taken">Whether a display is saying it.</param>
[GenerateSerializer, Immutable]
public sealed record ZoneCall(string Zone, string Key, int Said, bool Taken);

/// <summary>A called ticket.</summary>
[GenerateSerializer, Immutable]
public sealed record CalledTicket(string Number, string Counter, DateTimeOffset At);

/// <summary>A waiting list.</summary>
/// <param name="Service">The service.</param>
/// <param name="Count">Tickets waiting.</param>
/// <param name="Since">When the longest waiting was taken.</param>
[GenerateSerializer, Immutable]
public sealed record WaitingList(string Service, int Count, DateTimeOffset? Since);

/// <summary>A counter on the board.</summary>
/// <param name="Id">The counter.</param>
/// <param name="State"><c>closed</c>, <c>open</c>, <c>paused</c> or <c>busy</c>.</param>
/// <param name="Number">The ticket at it.</param>
/// <param name="Reason">Why it is paused.</param>
[GenerateSerializer, Immutable]
public sealed record CounterOnBoard(
    string Id,
    string State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Number,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason);
