using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Orleans;

namespace OneStop.Domain.Halls.Displays;

/// <summary>By what a display shows that it is the one that was paired.</summary>
/// <param name="DisplayId">The display.</param>
/// <param name="SecretHash">Hash of the secret it gave, made at the edge: the secret itself goes no further.</param>
[GenerateSerializer, Immutable]
public sealed record DisplayKey(string DisplayId, string SecretHash)
{
    /// <summary>Whether this is the key of a display, found in a time that tells nothing of the secret.</summary>
    public bool Opens(string displayId, string secretHash) => DisplayId == displayId
        && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes<char>(SecretHash), MemoryMarshal.AsBytes<char>(secretHash));
}

/// <summary>A paired display (已配对的显示屏).</summary>
/// <param name="Id">The display.</param>
/// <param name="SecretHash">Hash of its secret.</param>
/// <param name="Name">What the administrator calls it.</param>
/// <param name="Zone">The only zone it may speak in; null when it may speak in any.</param>
/// <param name="PairedAt">When it was paired.</param>
/// <param name="PairedBy">Who confirmed its code.</param>
[GenerateSerializer, Immutable]
public sealed record PairedDisplay(string Id, string SecretHash, string Name, string? Zone, DateTimeOffset PairedAt, string PairedBy);

/// <summary>The paired displays of a hall as they stand.</summary>
/// <param name="Version">Grows with each change.</param>
/// <param name="Displays">The displays.</param>
[GenerateSerializer, Immutable]
public sealed record PairedDisplays(long Version, ImmutableArray<PairedDisplay> Displays)
{
    /// <summary>Not known yet.</summary>
    public static PairedDisplays None { get; } = new(-1, []);

    /// <summary>Why whoever holds this key may not speak in a zone of the hall: <c>not-paired</c> or <c>wrong-zone</c>; null when it may.</summary>
    public OneStopException? SpeakingRefusal(DisplayKey key, string zone) =>
        Displays.FirstOrDefault(d => key.Opens(d.Id, d.SecretHash)) is not { } display
            ? new OneStopException(RefusalKind.NotAllowed, "not-paired", "Only a paired display may speak in this hall; pair it first.")
        : display.Zone is { } own && own != zone
            ? new OneStopException(RefusalKind.NotAllowed, "wrong-zone", $"This display was paired for zone '{own}'; unpair it and pair it anew.")
        : null;

    /// <summary>Whether a display is among them.</summary>
    public bool Has(string displayId) => Displays.Any(d => d.Id == displayId);
}
