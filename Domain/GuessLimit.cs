namespace OneStop.Domain;

/// <summary>How many wrong guesses at a secret are borne, and for how long none is looked at after them.</summary>
/// <param name="Most">The wrong guess that brings the lock.</param>
/// <param name="Lock">How long no guess is looked at then.</param>
/// <param name="Within">How long after the first of them wrong guesses are counted together; null for ever.</param>
public sealed record GuessLimit(int Most, TimeSpan Lock, TimeSpan? Within)
{
    /// <summary>Passwords of one account: after ten wrong ones in a row nobody signs in for a minute.</summary>
    public static GuessLimit Passwords { get; } = new(10, TimeSpan.FromMinutes(1), null);

    /// <summary>Pairing codes of one hall: after ten wrong ones in a row no code is confirmed there for a minute.</summary>
    public static GuessLimit PairingCodes { get; } = new(10, TimeSpan.FromMinutes(1), null);

    /// <summary>
    /// Query codes of one acceptance number, whoever sends them: ten within ten minutes, then none for a minute. No longer, because its
    /// applicant waits as well.
    /// </summary>
    public static GuessLimit CodesOfACase { get; } = new(10, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));

    /// <summary>
    /// Query codes from one address, whatever the acceptance numbers: thirty within ten minutes, then none for ten. So a stranger at one
    /// address keeps a case locked for three minutes in ten on average, and for some six at a stretch (two windows end to end).
    /// </summary>
    public static GuessLimit CodesOfACaller { get; } = new(30, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
}
