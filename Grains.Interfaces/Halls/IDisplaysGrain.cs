using System.Collections.Immutable;
using OneStop.Domain.Halls.Displays;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Halls;

/// <summary>The paired displays of a hall and those that show a code; the key is the hall's code.</summary>
public interface IDisplaysGrain : IGrainWithStringKey
{
    /// <summary>A display asks to be paired; while its code is valid it gets the same one again.</summary>
    /// <exception cref="Domain.OneStopException"><c>unknown-zone</c>, <c>already-paired</c>, <c>too-many-requests</c> or <c>code-in-use</c>.</exception>
    Task<PairingView> Ask(CommandInfo info, AskPairing asked);

    /// <summary>An administrator confirms the code that a display shows, and names the display.</summary>
    /// <exception cref="Domain.OneStopException">
    /// <c>unknown-code</c>, <c>code-expired</c>, <c>name-in-use</c>, <c>too-many-displays</c>, <c>validation</c>, or <c>too-many-requests</c> after
    /// too many wrong codes in a row.
    /// </exception>
    Task<DisplayView> Confirm(CommandInfo info, string code, string name);

    /// <summary>Takes a display's voice away; when this has been answered, it is silent.</summary>
    /// <exception cref="Domain.OneStopException"><c>unknown-display</c>.</exception>
    Task Unpair(CommandInfo info, string displayId);

    /// <summary>A display says who it is, and is counted as seen.</summary>
    /// <exception cref="Domain.OneStopException"><c>unknown-display</c> or <c>code-expired</c>.</exception>
    Task<DisplayStanding> Recognise(DisplayKey key);

    /// <summary>The paired displays by name.</summary>
    Task<ImmutableArray<DisplayView>> All();

    /// <summary>The paired displays with their keys, for the hall; asked at any time, so that neither waits for the other.</summary>
    [AlwaysInterleave]
    Task<PairedDisplays> Paired();
}

/// <summary>A display that waits to be paired.</summary>
/// <param name="Display">Its id.</param>
/// <param name="Code">The code it shows.</param>
/// <param name="Zone">The zone it asked for; null for none in particular.</param>
/// <param name="ExpiresAt">Until when the code can be confirmed.</param>
[GenerateSerializer, Immutable]
public sealed record PairingView(string Display, string Code, string? Zone, DateTimeOffset ExpiresAt);

/// <summary>A paired display, for administrators.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Zone">The only zone it may speak in; null when it may speak in any.</param>
/// <param name="PairedAt">When it was paired.</param>
/// <param name="PairedBy">Who confirmed its code.</param>
/// <param name="LastSeenAt">When it last said who it is, which it does each minute; null when it has not since the system started.</param>
[GenerateSerializer, Immutable]
public sealed record DisplayView(string Id, string Name, string? Zone, DateTimeOffset PairedAt, string PairedBy, DateTimeOffset? LastSeenAt);
