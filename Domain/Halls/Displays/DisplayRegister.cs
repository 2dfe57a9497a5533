using System.Collections.Immutable;

namespace OneStop.Domain.Halls.Displays;

/// <summary>The displays of a hall: those paired, and those that show a code.</summary>
public sealed record DisplayRegister
{
    /// <summary>No display yet.</summary>
    public static DisplayRegister Empty { get; } = new();

    /// <summary>The paired displays by their ids.</summary>
    public ImmutableSortedDictionary<string, PairedDisplay> Paired { get; private init; } =
        ImmutableSortedDictionary.Create<string, PairedDisplay>(StringComparer.Ordinal);

    /// <summary>The displays that show a code, at most one for each secret. Those whose code has expired stay for a while, so that who types it late is told so.</summary>
    public ImmutableArray<WaitingDisplay> Waiting { get; private init; } = [];

    /// <summary>The state after an event. Total: an event that was recorded always applies.</summary>
    public DisplayRegister Evolve(DisplayEvent e) => e switch
    {
        PairingAsked asked => this with
        {
            Waiting =
            [
                .. Waiting.Where(w => w.SecretHash != asked.SecretHash && asked.At < w.ExpiresAt + DisplayRules.CodeRemembered),
                new WaitingDisplay(asked.DisplayId, asked.SecretHash, asked.Code, asked.Zone, asked.ExpiresAt),
            ],
        },
        DisplayPaired paired when Waiting.FirstOrDefault(w => w.Id == paired.DisplayId) is { } display => this with
        {
            Waiting = Waiting.Remove(display),
            Paired = Paired.SetItem(display.Id, new PairedDisplay(display.Id, display.SecretHash, paired.Name, display.Zone, paired.At, paired.Actor)),
        },
        DisplayUnpaired unpaired => this with { Paired = Paired.Remove(unpaired.DisplayId) },
        _ => this,
    };
}

/// <summary>A display that shows a code and waits for an administrator.</summary>
/// <param name="Id">The display.</param>
/// <param name="SecretHash">Hash of its secret.</param>
/// <param name="Code">The code.</param>
/// <param name="Zone">The zone it stands in; null for none in particular.</param>
/// <param name="ExpiresAt">Until when the code can be confirmed.</param>
public sealed record WaitingDisplay(string Id, string SecretHash, string Code, string? Zone, DateTimeOffset ExpiresAt);
