using System.Globalization;
using System.Text;

namespace OneStop.WebFrontend.Receipts;

/// <summary>
/// One page of PDF 1.7 with text and rectangles. Latin text is set in Helvetica and Chinese in STSong-Light by the
/// predefined encoding UniGB-UTF16-H (ISO 32000-1, 9.7.5.2): fonts that every viewer and printer has or stands in for,
/// so that none needs to be shipped, and no licence with it.
/// </summary>
/// <param name="width">Width in points (1/72 inch).</param>
/// <param name="height">Height in points.</param>
internal sealed class PdfPage(int width, int height)
{
    private readonly StringBuilder content = new();

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

    /// <summary>The file.</summary>
    public byte[] ToArray()
    {
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            string.Create(CultureInfo.InvariantCulture, $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents 4 0 R/Resources<</Font<</L 5 0 R/C 6 0 R>>>>>>"),
            string.Create(CultureInfo.InvariantCulture, $"<</Length {content.Length}>>\nstream\n{content}\nendstream"),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-UniGB-UTF16-H/Encoding/UniGB-UTF16-H/DescendantFonts[7 0 R]>>",
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/DW 1000/FontDescriptor 8 0 R>>",
            "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
        ];
        // All of it is ASCII: texts are written as hexadecimal digits.
        var file = new StringBuilder("%PDF-1.7\n");
        var places = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places) file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
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
