using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace OneStop.WebFrontend.Receipts;

/// <summary>A receipt as a page that any browser can print, without a script.</summary>
internal static class ReceiptHtml
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;max-width:22rem;margin:1.5rem auto;padding:0 1rem;text-align:center;color:#111}"
        + "h1{font-size:1.25rem;margin:0}strong{display:block;font-size:4.5rem;line-height:1.2}"
        + "dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;text-align:start}dd{margin:0}"
        + "h1,strong,dd{overflow-wrap:anywhere}ol{margin:0;padding-inline-start:1.5rem}dd{white-space:pre-line}.sheet{max-width:34rem}.sheet strong{font-size:2rem}"
        + ".sheet .notes{text-align:start;font-size:.875rem}"
        + "svg{width:11rem;height:11rem}small{overflow-wrap:anywhere}@media print{a.pdf{display:none}@page{margin:8mm}}";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The page.</summary>
    public static string Write(Receipt receipt)
    {
        var page = new StringBuilder("<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        page.Append("<title>").Append(Text(receipt.Number)).Append(" · ").Append(Text(receipt.Title.Zh)).Append("</title><style>").Append(Style).Append("@page{size:").Append(receipt.IsSheet ? "A5" : "A6").Append("}</style></head><body");
        page.Append(receipt.IsSheet ? " class=\"sheet\"><main>" : "><main>");
        page.Append("<h1>").Append(Both(receipt.Title)).Append("</h1><p>").Append(Both(receipt.Kind)).Append("<strong>").Append(Text(receipt.Number)).Append("</strong></p><dl>");
        foreach (var line in receipt.Lines)
            page.Append("<dt>").Append(Both(line.Label)).Append("</dt><dd>").Append(Values(line)).Append("</dd>");
        page.Append("</dl><p>").Append(Code(receipt)).Append("<br>扫码查看办理进度 <span lang=\"en\">Scan to follow it</span></p><p><small><a href=\"");
        page.Append(Text(receipt.Link.AbsoluteUri)).Append("\">").Append(Text(receipt.Link.AbsoluteUri)).Append("</a></small></p>");
        if (!receipt.Notes.IsEmpty) page.Append("<p class=\"notes\">").AppendJoin("<br>", receipt.Notes.Select(Both)).Append("</p>");
        // A sheet was asked for with a code that its page does not know: whoever shows it offers the file.
        if (!receipt.IsSheet) page.Append("<p><a class=\"pdf\" href=\"receipt.pdf\">PDF</a></p>");
        return page.Append("</main></body></html>").ToString();
    }

    private static string Values(ReceiptLine line) => line.Values is [var only]
        ? Both(only)
        : $"<ol>{string.Concat(line.Values.Select(value => $"<li>{Both(value)}</li>"))}</ol>";

    private static string Both(Domain.LocalizedText text) =>
        text.Zh == text.En ? Text(text.Zh) : $"{Text(text.Zh)} <span lang=\"en\">{Text(text.En)}</span>";

    private static string Text(string text) => Encoder.Encode(text);

    private static string Code(Receipt receipt)
    {
        var code = QrModules.Of(receipt.Link.AbsoluteUri);
        var path = new StringBuilder();
        foreach (var (row, from, length) in code.Runs()) path.Append(CultureInfo.InvariantCulture, $"M{from} {row}h{length}v1h-{length}z");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg role=\"img\" aria-label=\"QR\" viewBox=\"0 0 {code.Side} {code.Side}\" shape-rendering=\"crispEdges\"><path d=\"{path}\"/></svg>");
    }
}
