namespace OneStop.Domain.Accounts;

/// <summary>Keeps passwords from being guessed: after ten wrong ones in a row nobody signs in for a minute.</summary>
/// <param name="Failures">Wrong passwords since the last right one or the last lock.</param>
/// <param name="LockedUntil">Until when nobody signs in. Default: no lock.</param>
public sealed record SignInGuard(int Failures, DateTimeOffset LockedUntil)
{
    private const int MostFailures = 10;
    private static readonly TimeSpan Lockout = TimeSpan.FromMinutes(1);

    /// <summary>Nothing has happened yet.</summary>
    public static SignInGuard Open { get; } = new(0, default);

    /// <summary>Why no password is looked at now: <c>too-many-requests</c>; null when one is.</summary>
    public OneStopException? Refusal(DateTimeOffset now) => now < LockedUntil
        ? new OneStopException(RefusalKind.TooMany, "too-many-requests", "Too many wrong passwords; wait a minute.") { RetryAfter = LockedUntil - now }
        : null;

    /// <summary>After a password was looked at.</summary>
    /// <param name="right">Whether it was the right one.</param>
    /// <param name="now">When.</param>
    public SignInGuard After(bool right, DateTimeOffset now) => right ? Open
        : Failures + 1 < MostFailures ? this with { Failures = Failures + 1 }
        : new SignInGuard(0, now + Lockout);
}
