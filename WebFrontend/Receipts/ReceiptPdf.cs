namespace OneStop.WebFrontend.Receipts;

/// <summary>A receipt as a PDF of the size A6.</summary>
internal static class ReceiptPdf
{
    private const int Width = 298;
    private const int Height = 420;
    private const int Margin = 24;
    private const double CodeSide = 130;

    /// <summary>The file.</summary>
    public static byte[] Write(Receipt receipt)
    {
        var page = new PdfPage(Width, Height);
        page.Text(Margin, 40, 15, receipt.Title.Zh);
        page.Text(Margin, 56, 10, receipt.Title.En);
        page.Text(Margin, 84, 11, $"{receipt.Kind.Zh}  {receipt.Kind.En}");
        page.Text(Margin, 134, 52, receipt.Number);
        var top = 160.0;
        foreach (var line in receipt.Lines)
        {
            var value = line.Value.Zh == line.Value.En ? line.Value.Zh : $"{line.Value.Zh}  {line.Value.En}";
            page.Text(Margin, top, 10.5, $"{line.Label.Zh} {line.Label.En}: {value}");
            top += 17;
        }

        page.Code(Margin - 12, top, CodeSide, QrModules.Of(receipt.Link.AbsoluteUri));
        page.Text(Margin + CodeSide - 4, top + 50, 10.5, "扫码查看办理进度");
        page.Text(Margin + CodeSide - 4, top + 66, 9, "Scan to follow it");
        page.Text(Margin, top + CodeSide + 8, 6.5, receipt.Link.AbsoluteUri);
        return page.ToArray();
    }
}
