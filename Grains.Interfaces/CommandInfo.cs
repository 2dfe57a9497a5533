using Orleans;

namespace OneStop.Grains.Interfaces;

/// <summary>Who sent a command under which id, so that sending it again has no further effect.</summary>
/// <param name="Caller">The caller; ids are unique for each caller.</param>
/// <param name="Id">The command's id, the caller's own or one made at the edge.</param>
/// <param name="BodyHash">SHA-256 of what was asked, base64.</param>
/// <param name="MayRepeat">Whether the caller chose the id, so that the command may have been carried out before.</param>
/// <param name="Actor">The account that acts, <c>public</c> or <c>system</c>.</param>
[GenerateSerializer, Immutable]
public sealed record CommandInfo(string Caller, string Id, string BodyHash, bool MayRepeat, string Actor);
