namespace OneStop.Domain;

/// <summary>Keeps passwords and codes from being guessed: after ten wrong ones in a row none is looked at for a minute.</summary>
/// <param name="Failures">Wrong ones since the last right one or the last lock.</param>
/// <param name="LockedUntil">Until when none is looked at. Default: no lock.</param>
public sealed record GuessGuard(int Failures, DateTimeOffset LockedUntil)
{
    private const int MostFailures = 10;
    private static readonly TimeSpan Lockout = TimeSpan.FromMinutes(1);

    /// <summary>Nothing has happened yet.</summary>
    public static GuessGuard Open { get; } = new(0, default);

    /// <summary>Why none is looked at now: <c>too-many-requests</c>; null when one is.</summary>
    /// <param name="what">What is guessed, such as <c>passwords</c>.</param>
    /// <param name="now">When.</param>
    public OneStopException? Refusal(string what, DateTimeOffset now) => now < LockedUntil
        ? new OneStopException(RefusalKind.TooMany, "too-many-requests", $"Too many wrong {what}; wait a minute.") { RetryAfter = LockedUntil - now }
        : null;

    /// <summary>After one was looked at.</summary>
    /// <param name="right">Whether it was the right one.</param>
    /// <param name="now">When.</param>
    public GuessGuard After(bool right, DateTimeOffset now) => right ? Open
        : Failures + 1 < MostFailures ? this with { Failures = Failures + 1 }
        : new GuessGuard(0, now + Lockout);
}
