using System.Globalization;
using System.Text;

namespace OneStop.WebFrontend.Receipts;

/// <summary>
/// Pages as a file of PDF 1.7. Latin text is set in Helvetica and Chinese in STSong-Light by the predefined encoding
/// UniGB-UTF16-H (ISO 32000-1, 9.7.5.2): fonts that every viewer and printer has or stands in for, so that none needs to be
/// shipped, and no licence with it.
/// </summary>
internal static class PdfFile
{
    private const int FirstPage = 7;

    /// <summary>The file.</summary>
    public static byte[] Write(IReadOnlyList<PdfPage> pages)
    {
        List<string> objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            string.Create(CultureInfo.InvariantCulture, $"<</Type/Pages/Kids[{string.Join(' ', pages.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{FirstPage + (2 * i)} 0 R")))}]/Count {pages.Count}>>"),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-UniGB-UTF16-H/Encoding/UniGB-UTF16-H/DescendantFonts[5 0 R]>>",
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/DW 1000/FontDescriptor 6 0 R>>",
            "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
        ];
        foreach (var page in pages)
        {
            objects.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.Width} {page.Height}]/Contents {objects.Count + 2} 0 R/Resources<</Font<</L 3 0 R/C 4 0 R>>>>>>"));
            objects.Add(string.Create(CultureInfo.InvariantCulture, $"<</Length {page.Content.Length}>>\nstream\n{page.Content}\nendstream"));
        }

        // All of it is ASCII: texts are written as hexadecimal digits.
        var file = new StringBuilder("%PDF-1.7\n");
        var places = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Count + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }
}
