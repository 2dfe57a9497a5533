namespace OneStop.Domain.Halls.Displays;

/// <summary>
/// The rules of paired displays: a display shows a code, an administrator who stands before it confirms the code, and from
/// then on the display is known by its secret.
/// </summary>
public static class DisplayRules
{
    /// <summary>The refusal of a code that no display shows.</summary>
    public const string UnknownCode = "unknown-code";

    /// <summary>Most characters of a display's name.</summary>
    public const int LongestName = 50;

    /// <summary>Most codes that can wait in a hall at a time; more would only help somebody who guesses or floods.</summary>
    public const int MostWaiting = 10;

    /// <summary>Most paired displays of a hall.</summary>
    public const int MostDisplays = 100;

    /// <summary>How long a code can be confirmed: time to walk to a desk and sign in.</summary>
    public static readonly TimeSpan CodeValid = TimeSpan.FromMinutes(10);

    /// <summary>How long a code is still told from a wrong one after it has expired.</summary>
    public static readonly TimeSpan CodeRemembered = TimeSpan.FromMinutes(10);

    /// <summary>A display asks to be paired. While its code is valid it gets the same one again, and nothing is recorded.</summary>
    /// <param name="register">The hall's displays.</param>
    /// <param name="hall">The hall.</param>
    /// <param name="asked">What the display asks.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">When.</param>
    public static Decision<DisplayEvent> Ask(DisplayRegister register, HallDefinition hall, AskPairing asked, string actor, DateTimeOffset now)
    {
        if (asked.Zone is { } zone && hall.AllZones.All(z => z.Id != zone)) return Refusals.Unknown("zone", zone);
        if (register.Paired.Values.Any(d => d.SecretHash == asked.SecretHash))
            return Refusals.Conflict("already-paired", "This display is paired already.");
        var valid = register.Waiting.Where(w => now < w.ExpiresAt).ToArray();
        if (valid.Any(w => w.SecretHash == asked.SecretHash)) return Decision<DisplayEvent>.Nothing;
        if (valid.Length >= MostWaiting)
        {
            return new OneStopException(RefusalKind.TooMany, "too-many-requests", "Too many displays show a code; confirm them or wait until one expires.")
            {
                RetryAfter = valid.Min(w => w.ExpiresAt) - now,
            };
        }

        return register.Waiting.Any(w => w.Code == asked.Code)
            ? Refusals.Conflict("code-in-use", "Another display just got this code; ask again.")
            : Decision<DisplayEvent>.Of(new PairingAsked(now, actor, asked.DisplayId, asked.SecretHash, asked.Code, asked.Zone, now + CodeValid));
    }

    /// <summary>An administrator confirms the code that a display shows, and names the display.</summary>
    /// <param name="register">The hall's displays.</param>
    /// <param name="code">The code as it was typed.</param>
    /// <param name="name">The name, 1 to <see cref="LongestName"/> characters and no other display's.</param>
    /// <param name="actor">The administrator.</param>
    /// <param name="now">When.</param>
    public static Decision<DisplayEvent> Confirm(DisplayRegister register, string code, string name, string actor, DateTimeOffset now)
    {
        name = name.Trim();
        if (name.Length == 0) return Refusals.Validation("/name", "required", "Give the display a name.");
        if (name.Length > LongestName) return Refusals.Validation("/name", "out-of-range", $"A name has at most {LongestName} characters.");
        if (PairingCode.Read(code) is not { } read || register.Waiting.FirstOrDefault(w => w.Code == read) is not { } display)
            return new OneStopException(RefusalKind.Unknown, UnknownCode, "No display of this hall shows this code; look at it again.");
        if (now >= display.ExpiresAt)
            return Refusals.Conflict("code-expired", "This code has expired; have the display show a new one.");
        if (register.Paired.Values.Any(d => d.Name == name))
            return Refusals.Conflict("name-in-use", "Another display of this hall has this name; choose another one.");
        return register.Paired.Count >= MostDisplays
            ? Refusals.Conflict("too-many-displays", $"A hall has at most {MostDisplays} paired displays; unpair one first.")
            : Decision<DisplayEvent>.Of(new DisplayPaired(now, actor, display.Id, name));
    }

    /// <summary>An administrator takes a display's voice away for good.</summary>
    public static Decision<DisplayEvent> Unpair(DisplayRegister register, string displayId, string actor, DateTimeOffset now) =>
        register.Paired.ContainsKey(displayId)
            ? Decision<DisplayEvent>.Of(new DisplayUnpaired(now, actor, displayId))
            : Refusals.Unknown("display", displayId);

    /// <summary>How a display stands that says who it is.</summary>
    /// <exception cref="OneStopException"><c>code-expired</c>, or <c>unknown-display</c>: it was never here, is not any more, or its secret is wrong.</exception>
    public static DisplayStanding Recognise(DisplayRegister register, DisplayKey key, DateTimeOffset now)
    {
        if (register.Paired.TryGetValue(key.DisplayId, out var paired) && key.Opens(paired.Id, paired.SecretHash))
            return new DisplayStanding(IsPaired: true, paired.Name, paired.Zone);
        if (register.Waiting.FirstOrDefault(w => key.Opens(w.Id, w.SecretHash)) is not { } waiting) throw Refusals.Unknown("display", key.DisplayId);
        return now < waiting.ExpiresAt
            ? new DisplayStanding(IsPaired: false, Name: null, waiting.Zone)
            : throw Refusals.Conflict("code-expired", "The code has expired; ask for a new one.");
    }
}
