using System.Globalization;
using System.Security.Cryptography;

namespace OneStop.Grains.Interfaces.Accounts;

/// <summary>Passwords as they are kept: PBKDF2 with HMAC-SHA-256 (RFC 8018), salted.</summary>
public static class PasswordHash
{
    private const int Iterations = 210_000;
    private const int Length = 32;

    /// <summary>Hashes a password with a salt of at least 16 random bytes made at the edge.</summary>
    public static string Create(string password, ReadOnlySpan<byte> salt)
    {
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, Length);
        return string.Create(CultureInfo.InvariantCulture, $"pbkdf2-sha256${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Whether this is the password.</summary>
    public static bool Verify(string password, string kept)
    {
        var parts = kept.Split('$');
        var expected = Convert.FromBase64String(parts[3]);
        var hash = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromBase64String(parts[2]), int.Parse(parts[1], CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(hash, expected);
    }
}
