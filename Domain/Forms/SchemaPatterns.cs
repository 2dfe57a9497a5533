using System.Text;
using System.Text.RegularExpressions;

namespace OneStop.Domain.Forms;

/// <summary>The regular expressions of a schema, each made once. They never backtrack, so no answer can hold one up.</summary>
internal sealed class SchemaPatterns
{
    private readonly Dictionary<string, Regex> known = [];

    /// <summary>Whether a text contains a match. The pattern was added when the schema was read.</summary>
    public bool Matches(string pattern, string text) => known[pattern].IsMatch(text);

    /// <summary>Adds a pattern.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? Add(string pattern)
    {
        if (known.ContainsKey(pattern))
            return null;
        try
        {
            known[pattern] = new Regex(Translated(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }

    // A schema's patterns are ECMA-262: digits and word characters are ASCII, and the end is the very end.
    private static string Translated(string pattern)
    {
        var written = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var escaped = pattern[i] == '\\' && i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            var meant = (escaped, inClass) switch
            {
                ('d', true) => "0-9",
                ('d', false) => "[0-9]",
                ('D', false) => "[^0-9]",
                ('w', true) => "A-Za-z0-9_",
                ('w', false) => "[A-Za-z0-9_]",
                ('W', false) => "[^A-Za-z0-9_]",
                _ => null,
            };
            if (escaped != '\0')
            {
                written.Append(meant ?? pattern.Substring(i, 2));
                i++;
                continue;
            }

            inClass = inClass ? pattern[i] != ']' : pattern[i] == '[';
            written.Append(pattern[i] == '$' && !inClass ? "\\z" : pattern[i]);
        }

        return written.ToString();
    }
}
