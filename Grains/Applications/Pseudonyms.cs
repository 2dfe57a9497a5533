using System.Security.Cryptography;
using System.Text;

namespace OneStop.Grains.Applications;

/// <summary>
/// Registration numbers (登记号): the same person always gets the same one (one number, 一号制), yet without the
/// installation's key nobody can tell whose it is.
/// </summary>
/// <param name="key">The installation's key, at least 32 bytes.</param>
public sealed class Pseudonyms(byte[] key)
{
    // Crockford's base 32: no letters that are mistaken for digits.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 14;

    /// <summary>The registration number of an identity number.</summary>
    public string RegistrationOf(string idNumber)
    {
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("registration\n" + idNumber.Trim().ToUpperInvariant()));
        return "R" + string.Create(Length, hash, static (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = Alphabet[bytes[i] & 31];
        });
    }
}
