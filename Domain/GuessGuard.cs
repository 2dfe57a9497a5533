namespace OneStop.Domain;

/// <summary>Keeps a short secret from being guessed: after too many wrong guesses none is looked at for a time, right ones neither.</summary>
/// <param name="Wrong">Wrong guesses since the first that is counted.</param>
/// <param name="Since">When that was. Default: none was.</param>
/// <param name="LockedUntil">Until when no guess is looked at. Default: no lock.</param>
public sealed record GuessGuard(int Wrong, DateTimeOffset Since, DateTimeOffset LockedUntil)
{
    /// <summary>Nothing has happened yet.</summary>
    public static GuessGuard Open { get; } = new(0, default, default);

    /// <summary>Why no guess is looked at now: <c>too-many-requests</c>; null when one is.</summary>
    public OneStopException? Refusal(DateTimeOffset now) => now < LockedUntil ? TooMany(LockedUntil - now) : null;

    /// <summary>
    /// The same, when others are being looked at that may all be wrong: more than are left are not begun, or whoever sends many at once
    /// would have them all answered.
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="underWay">How many are being looked at.</param>
    /// <param name="now">The present.</param>
    public OneStopException? Refusal(GuessLimit limit, int underWay, DateTimeOffset now) =>
        Refusal(now) ?? (Counted(limit, now) + underWay < limit.Most ? null : TooMany(TimeSpan.FromSeconds(1)));

    /// <summary>After a wrong guess.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="now">When.</param>
    public GuessGuard AfterWrong(GuessLimit limit, DateTimeOffset now) => Counted(limit, now) is var before && before + 1 < limit.Most
        ? this with { Wrong = before + 1, Since = before == 0 ? now : Since }
        : Open with { LockedUntil = now + limit.Lock };

    private int Counted(GuessLimit limit, DateTimeOffset now) => now - Since < limit.Within || limit.Within is null ? Wrong : 0;

    private static OneStopException TooMany(TimeSpan after) =>
        new(RefusalKind.TooMany, "too-many-requests", "Too many wrong passwords or codes; wait before you try again.") { RetryAfter = after };
}
