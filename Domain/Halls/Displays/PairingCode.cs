namespace OneStop.Domain.Halls.Displays;

/// <summary>The code (配对码) that a display shows and an administrator types in: short enough to be read out across a hall.</summary>
public static class PairingCode
{
    /// <summary>Its characters: Crockford's base 32, without letters that are mistaken for digits.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>How many characters it has: with ten codes waiting, a guess is right once in a hundred million.</summary>
    public const int Length = 6;

    /// <summary>The code that somebody typed: in any case, with spaces or hyphens, O for zero and I or L for one; null when it cannot be one.</summary>
    public static string? Read(string typed)
    {
        Span<char> read = stackalloc char[Length];
        var length = 0;
        foreach (var c in typed)
        {
            if (c is ' ' or '-') continue;
            var meant = char.ToUpperInvariant(c) switch { 'O' => '0', 'I' or 'L' => '1', var upper => upper };
            if (length == Length || !Alphabet.Contains(meant, StringComparison.Ordinal)) return null;
            read[length++] = meant;
        }

        return length == Length ? new string(read) : null;
    }
}
