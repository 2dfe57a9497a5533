using System.Globalization;
using System.Text;

namespace OneStop.Domain.Attachments;

/// <summary>Names of files as people sent them, fit to be shown and to be saved under.</summary>
public static class FileName
{
    private const int Longest = 200;

    /// <summary>The name without folders, control and invisible characters.</summary>
    /// <param name="given">What was sent.</param>
    /// <exception cref="OneStopException"><c>validation</c>: there is none, nothing is left of it, or it is too long.</exception>
    public static string Of(string? given)
    {
        if (string.IsNullOrWhiteSpace(given))
            throw Refusals.Validation("name", "required", "A file has a name.");
        var kept = new StringBuilder();
        // By whole characters: half of one is nothing that could be stored.
        foreach (var rune in given[(given.LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
                kept.Append(rune.ToString());
        var name = kept.ToString().Trim();
        if (name.Trim('.').Length == 0)
            throw Refusals.Validation("name", "required", "A file has a name, not only a folder.");
        return name.Length <= Longest ? name : throw Refusals.Validation("name", "out-of-range", $"A file's name has at most {Longest} characters.");
    }
}
