using Orleans;

namespace OneStop.Domain.Halls.Displays;

/// <summary>What happens to the displays of a hall.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Actor">Who caused it.</param>
[GenerateSerializer, Immutable]
public abstract record DisplayEvent(DateTimeOffset At, string Actor) : IDomainEvent;

/// <summary>A display asked to be paired and shows a code.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The public: nobody has to be signed in at a display.</param>
/// <param name="DisplayId">The display.</param>
/// <param name="SecretHash">Hash of the display's secret.</param>
/// <param name="Code">The code it shows.</param>
/// <param name="Zone">The zone it stands in; null for a display that may speak in any.</param>
/// <param name="ExpiresAt">Until when the code can be confirmed.</param>
[GenerateSerializer, Immutable, EventType("display.pairing-asked", 1)]
public sealed record PairingAsked(
    DateTimeOffset At, string Actor, string DisplayId, string SecretHash, string Code, string? Zone, DateTimeOffset ExpiresAt) : DisplayEvent(At, Actor);

/// <summary>An administrator confirmed its code: the display may speak from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The administrator.</param>
/// <param name="DisplayId">The display.</param>
/// <param name="Name">What the administrator calls it.</param>
[GenerateSerializer, Immutable, EventType("display.paired", 1)]
public sealed record DisplayPaired(DateTimeOffset At, string Actor, string DisplayId, string Name) : DisplayEvent(At, Actor);

/// <summary>The display may speak no longer; its secret is worth nothing.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">The administrator.</param>
/// <param name="DisplayId">The display.</param>
[GenerateSerializer, Immutable, EventType("display.unpaired", 1)]
public sealed record DisplayUnpaired(DateTimeOffset At, string Actor, string DisplayId) : DisplayEvent(At, Actor);
