namespace OneStop.WebFrontend.Receipts;

/// <summary>A receipt as a PDF: a ticket on A6, the receipt of a case on A5, on as many pages as it needs.</summary>
internal static class ReceiptPdf
{
    private const double CodeSide = 130;
    private const double TicketNumber = 52;
    private const double CaseNumber = 30;

    /// <summary>The file.</summary>
    public static byte[] Write(Receipt receipt)
    {
        var flow = receipt.IsSheet ? new PdfFlow(420, 595, 32) : new PdfFlow(298, 420, 24);
        flow.Text(15, receipt.Title.Zh);
        flow.Text(10, receipt.Title.En);
        flow.Text(11, $"{receipt.Kind.Zh}  {receipt.Kind.En}", 14);
        flow.Text(Math.Min(receipt.IsSheet ? CaseNumber : TicketNumber, flow.Room / PdfFlow.WidthOf(1, receipt.Number)), receipt.Number, 2);
        var gap = 14.0;
        foreach (var line in receipt.Lines)
        {
            var label = $"{line.Label.Zh} {line.Label.En}: ";
            if (line.Values is [var only])
                flow.Text(10.5, label + Both(only), gap);
            else
                flow.Text(10.5, label, gap);
            gap = 6;
            for (var i = 0; i < line.Values.Length && line.Values.Length > 1; i++)
                flow.Text(10.5, $"{i + 1}. {Both(line.Values[i])}");
        }

        flow.Code(CodeSide, QrModules.Of(receipt.Link.AbsoluteUri), (10.5, "扫码查看办理进度"), (9, "Scan to follow it"));
        flow.Text(6.5, receipt.Link.AbsoluteUri, 0);
        foreach (var note in receipt.Notes)
        {
            flow.Text(9, note.Zh, 6);
            flow.Text(8, note.En, 2);
        }

        return flow.ToArray();
    }

    private static string Both(Domain.LocalizedText text) => text.Zh == text.En ? text.Zh : $"{text.Zh}  {text.En}";
}
