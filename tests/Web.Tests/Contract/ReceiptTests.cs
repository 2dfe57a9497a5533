using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OneStop.Web.Tests.Pages;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

[Collection(nameof(SharedTown))]
public sealed partial class ReceiptTests(MortalTown town, Chromium chromium)
{
    [Fact]
    public async Task ATicketIsPrintedAsAPageWithACodeThatLeadsToIt()
    {
        var ticket = (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "tax", segment = "green" })).Expect(201);
        await using var visitor = await chromium.VisitAsync(town.Address);

        await visitor.OpenAsync($"/api/tickets/{ticket.Text("id")}/receipt");

        await visitor.SeesAsync(ticket.Text("number"), exact: true);
        await visitor.SeesAsync("石龙镇政务服务大厅");
        await visitor.SeesAsync("Green channel");
        Assert.Equal(1, await visitor.Page.Locator("svg path").CountAsync());
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "/t/" }).ClickAsync();
        await visitor.IsLiveAsync();
        visitor.AssertNoComplaints();
        if (Environment.GetEnvironmentVariable("ONESTOP_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await visitor.OpenAsync($"/api/tickets/{ticket.Text("id")}/receipt");
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "receipt.png") });
        await File.WriteAllBytesAsync(Path.Combine(folder, "receipt.pdf"), await PdfAsync(ticket.Text("id")), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ATicketIsPrintedAsAPdfWithItsNumberItsHallInChineseAndItsAddress()
    {
        var ticket = (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "tax" })).Expect(201);

        var file = await PdfAsync(ticket.Text("id"));

        var pdf = Encoding.ASCII.GetString(file);
        Assert.StartsWith("%PDF-1.7", pdf, StringComparison.Ordinal);
        var texts = Shown().Matches(pdf).Select(m => (m.Groups[1].Value == "C" ? Encoding.BigEndianUnicode : Encoding.Latin1).GetString(Convert.FromHexString(m.Groups[2].Value))).ToArray();
        Assert.Contains(ticket.Text("number"), texts);
        Assert.Contains("石龙镇政务服务大厅", texts);
        Assert.Contains(new Uri(town.Address, ticket.Text("url")).AbsoluteUri, texts);
        // Every object is where the table says that it is.
        var table = int.Parse(pdf[(pdf.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..pdf.LastIndexOf("\n%%EOF", StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        Assert.Equal("xref", pdf[table..(table + 4)]);
        foreach (var (place, i) in Entry().Matches(pdf[table..]).Select((m, i) => (int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), i)))
            Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{i + 1} 0 obj"), pdf[place..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATicketThatIsNoneHasNoReceipt()
    {
        (await town.Public.GetAsync($"/api/tickets/{new string('x', 22)}/receipt.pdf")).ExpectProblem(404, "unknown-ticket");
        (await town.Public.GetAsync("/api/tickets/A001/receipt")).ExpectProblem(404, "unknown-ticket");
    }

    private async Task<byte[]> PdfAsync(string id)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(town.Address, $"/api/tickets/{id}/receipt.pdf"), TestContext.Current.CancellationToken);
        Assert.Equal("application/pdf", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"/([LC]) [\d.]+ Tf <([0-9A-F]+)> Tj")]
    private static partial Regex Shown();

    [GeneratedRegex(@"(\d{10}) 00000 n")]
    private static partial Regex Entry();
}
