using Orleans;

namespace OneStop.Domain.Halls.Displays;

/// <summary>A display asks to be paired.</summary>
/// <param name="DisplayId">Its id, made at the edge.</param>
/// <param name="SecretHash">Hash of the secret it keeps.</param>
/// <param name="Code">The code it is to show, drawn at the edge from <see cref="PairingCode.Alphabet"/>.</param>
/// <param name="Zone">The zone it stands in; null for none in particular.</param>
[GenerateSerializer, Immutable]
public sealed record AskPairing(string DisplayId, string SecretHash, string Code, string? Zone);

/// <summary>How a display stands.</summary>
/// <param name="IsPaired">Whether it is paired; otherwise its code waits to be confirmed.</param>
/// <param name="Name">What the administrator calls it; null until then.</param>
/// <param name="Zone">The only zone it may speak in; null when it may speak in any.</param>
[GenerateSerializer, Immutable]
public sealed record DisplayStanding(bool IsPaired, string? Name, string? Zone);
