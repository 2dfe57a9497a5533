using System.Security.Cryptography;
using System.Text;
using OneStop.Domain.Halls.Displays;

namespace OneStop.WebFrontend.Halls;

/// <summary>The secret by which a display is known. It is drawn and kept by the display; here it becomes its hash, and nothing behind this line sees it.</summary>
internal static class DisplaySecret
{
    /// <summary>What a secret looks like: at least 256 bits in base64url or hexadecimal, so that a plain hash cannot be turned round.</summary>
    public const string Form = "[0-9A-Za-z_-]{43,86}";

    /// <summary>The hash that is kept.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The key of a display that gives its id and its secret; whatever the signature says, a caller of the hub may give null.</summary>
    public static DisplayKey KeyOf(string? display, string? secret) => new(display ?? "", HashOf(secret ?? ""));
}
