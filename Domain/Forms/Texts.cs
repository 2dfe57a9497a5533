using System.Text.Json;

namespace OneStop.Domain.Forms;

/// <summary>Texts of JSON values.</summary>
public static class Texts
{
    /// <summary>Whether every text and name can be read: half of a surrogate pair is valid by the grammar, but no text.</summary>
    public static bool AreWhole(JsonElement value)
    {
        try
        {
            Read(value);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A pointer one member further (RFC 6901).</summary>
    public static string Below(string pointer, string member) =>
        pointer + "/" + member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static void Read(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                    Read(element);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Read(member.Value);
                }

                break;
        }
    }
}
