using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OneStop.Silo.Payments;

/// <summary>Signatures with a secret that two systems share: <c>t=SECONDS,v1=HEX</c>, the HMAC-SHA256 of <c>SECONDS.BODY</c>.</summary>
internal static class SharedSecret
{
    /// <summary>The header that carries one.</summary>
    public const string Header = "X-OneStop-Signature";

    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);

    /// <summary>Signs a body now.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={seconds},v1={Mac(secret, seconds, body)}";
    }

    /// <summary>Whether a body was signed with the secret, at most five minutes from now.</summary>
    public static bool IsSigned(string secret, string signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (signature.Split(',') is not [['t', '=', .. var seconds], ['v', '1', '=', .. var mac]]
            || !long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var signed))
        {
            return false;
        }

        var age = Math.Abs((decimal)now.ToUnixTimeSeconds() - signed);
        return age <= (decimal)Age.TotalSeconds
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mac), Encoding.UTF8.GetBytes(Mac(secret, seconds, body)));
    }

    private static string Mac(string secret, string seconds, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(seconds + "."), .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
