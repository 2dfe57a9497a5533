using System.Collections;
using QRCoder;

namespace OneStop.WebFrontend.Receipts;

/// <summary>A QR code as black runs on a square grid.</summary>
internal sealed class QrModules
{
    private readonly List<BitArray> rows;

    private QrModules(List<BitArray> rows) => this.rows = rows;

    /// <summary>Modules on a side, with the quiet zone of four that the standard asks for (ISO/IEC 18004).</summary>
    public int Side => rows.Count;

    /// <summary>The code of a text, of which 15% may become unreadable (level M).</summary>
    public static QrModules Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return new QrModules(data.ModuleMatrix);
    }

    /// <summary>The black runs, row by row from the top.</summary>
    public IEnumerable<(int Row, int From, int Length)> Runs()
    {
        for (var row = 0; row < rows.Count; row++)
        {
            for (var at = 0; at < rows[row].Length; at++)
            {
                if (!rows[row][at]) continue;
                var from = at;
                while (at < rows[row].Length && rows[row][at]) at++;
                yield return (row, from, at - from);
            }
        }
    }
}
