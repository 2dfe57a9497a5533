using System.Text;

namespace OneStop.Journal.Schema;

/// <summary>Refuses text that a store would refuse, or worse, silently change.</summary>
internal static class WellFormed
{
    /// <exception cref="ArgumentException">The text holds U+0000 or half of a surrogate pair.</exception>
    public static void Check(string text, string what)
    {
        if (Ascii.IsValid(text) && !text.Contains('\0', StringComparison.Ordinal))
            return;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done || rune.Value == 0)
                throw new ArgumentException($"{what} holds U+0000 or half of a surrogate pair.", nameof(text));
            rest = rest[length..];
        }
    }
}
