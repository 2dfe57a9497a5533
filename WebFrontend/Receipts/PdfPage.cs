using System.Globalization;
using System.Text;

namespace OneStop.WebFrontend.Receipts;

/// <summary>A page of a PDF with text and rectangles, see <see cref="PdfFile"/>.</summary>
/// <param name="width">Width in points (1/72 inch).</param>
/// <param name="height">Height in points.</param>
internal sealed class PdfPage(int width, int height)
{
    private readonly StringBuilder content = new();

    /// <summary>Width in points.</summary>
    public int Width => width;

    /// <summary>Height in points.</summary>
    public int Height => height;

    /// <summary>What is drawn on it.</summary>
    public string Content => content.ToString();

    /// <summary>Writes a line of text.</summary>
    /// <param name="x">Distance from the left, in points.</param>
    /// <param name="top">Distance of the base line from the top.</param>
    /// <param name="size">Size of the letters.</param>
    /// <param name="text">The text.</param>
    public void Text(double x, double top, double size, string text)
    {
        content.Append(CultureInfo.InvariantCulture, $"BT 1 0 0 1 {x:0.##} {height - top:0.##} Tm\n");
        foreach (var (latin, run) in Runs(text))
        {
            content.Append(CultureInfo.InvariantCulture, $"/{(latin ? "L" : "C")} {size:0.##} Tf ");
            content.Append('<').Append(Convert.ToHexString(latin ? Encoding.Latin1.GetBytes(run) : Encoding.BigEndianUnicode.GetBytes(run))).Append("> Tj\n");
        }

        content.Append("ET\n");
    }

    /// <summary>Draws a code.</summary>
    /// <param name="x">Distance of its left edge from the left.</param>
    /// <param name="top">Distance of its upper edge from the top.</param>
    /// <param name="side">Length of a side.</param>
    /// <param name="code">The code.</param>
    public void Code(double x, double top, double side, QrModules code)
    {
        var module = side / code.Side;
        foreach (var (row, from, length) in code.Runs())
            content.Append(CultureInfo.InvariantCulture, $"{x + (from * module):0.###} {height - top - ((row + 1) * module):0.###} {length * module:0.###} {module:0.###} re\n");
        content.Append("f\n");
    }

    private static IEnumerable<(bool Latin, string Run)> Runs(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var latin = IsLatin(text[at]);
            var end = at;
            while (end < text.Length && IsLatin(text[end]) == latin) end++;
            yield return (latin, text[at..end]);
            at = end;
        }
    }

    private static bool IsLatin(char c) => c is >= ' ' and <= '~';
}
