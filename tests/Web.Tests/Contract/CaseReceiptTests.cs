using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>Receipts of materials and fees (H10) over HTTP: what stands on them, and who gets them.</summary>
public sealed partial class CaseReceiptTests(CaseReceiptTests.FeeTown town) : IClassFixture<CaseReceiptTests.FeeTown>
{
    [Fact]
    public async Task WhatWasHandedInIsPrintedWithItsNumberDateAndMaterialsAndACodeThatLeadsToTheCase()
    {
        var (number, code) = await ApplyAsync("身份证", "租赁合同.pdf");

        var page = (await GetAsync(number, "received", code)).Expect(200);
        var pdf = Texts(await GetBytesAsync(number, "received.pdf", code));

        Assert.Equal("text/html", page.MediaType);
        var today = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var said in new[] { number, "收件凭证", "Receipt of an application", "<li>身份证", "<li>租赁合同.pdf", today, $"/track/{number}\"" })
            Assert.Contains(said, page.Body, StringComparison.Ordinal);
        Assert.Contains(number, pdf, StringComparison.Ordinal);
        Assert.Contains("租赁合同", pdf, StringComparison.Ordinal);
        Assert.Contains(new Uri(town.Address, "/track/" + number).AbsoluteUri, pdf, StringComparison.Ordinal);
        Assert.All([page.Body, pdf], text => Assert.DoesNotContain(code, text, StringComparison.Ordinal));
        Assert.All([page.Body, pdf], text => Assert.DoesNotContain("李雷", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AcceptingCorrectingAndRefusingEachGiveADatedReceipt()
    {
        var (number, code) = await ApplyAsync();
        var head = await town.StaffAsync("head.market");
        Assert.Equal(["received"], await KindsAsync(number, code));
        (await GetAsync(number, "acceptance", code)).ExpectProblem(404, "unknown-receipt");
        (await head.PostAsync($"/api/applications/{number}/correct", new { missing = new[] { "健康证明" } })).Expect(200);
        (await head.PostAsync($"/api/applications/{number}/supplement", new { materials = new[] { "health.pdf" } })).Expect(200);
        (await head.PostAsync($"/api/applications/{number}/accept")).Expect(200);
        var (other, otherCode) = await ApplyAsync();
        (await head.PostAsync($"/api/applications/{other}/refuse", new { basis = "行政许可法第三十二条", reason = "不属于<本机关>职权\n请向市监局申请" })).Expect(200);

        Assert.Equal(["received", "correction", "supplement", "acceptance"], await KindsAsync(number, code));
        Assert.Contains("健康证明", (await GetAsync(number, "correction", code)).Expect(200).Body, StringComparison.Ordinal);
        Assert.Contains("health.pdf", (await GetAsync(number, "supplement", code)).Expect(200).Body, StringComparison.Ordinal);
        Assert.Contains("working days", (await GetAsync(number, "acceptance", code)).Expect(200).Body, StringComparison.Ordinal);
        var refusal = (await GetAsync(other, "refusal", otherCode)).Expect(200).Body;
        Assert.Contains("行政许可法第三十二条", refusal, StringComparison.Ordinal);
        Assert.Contains("不属于&lt;本机关&gt;职权", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("head.market", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFeeGivesAReceiptWhenItIsPaidAndWhenItIsWaived()
    {
        var head = await town.StaffAsync("head.market");
        var (paid, paidCode) = await ApplyAsync();
        var (waived, waivedCode) = await ApplyAsync();
        foreach (var number in new[] { paid, waived }) (await head.PostAsync($"/api/applications/{number}/fee/demand", new { quantity = 2 })).Expect(200);
        (await GetAsync(paid, "fee", paidCode)).ExpectProblem(404, "unknown-receipt");
        (await head.PostAsync($"/api/applications/{paid}/fee/pay", new { amountInFen = 2_400, means = "cash" })).Expect(200);
        (await head.PostAsync($"/api/applications/{waived}/fee/waive", new { basis = "财税〔2019〕46号", reason = "低保家庭" })).Expect(200);

        var receipt = (await GetAsync(paid, "fee", paidCode)).Expect(200).Body;
        var waiver = (await GetAsync(waived, "fee", waivedCode)).Expect(200).Body;
        var pdf = Texts(await GetBytesAsync(paid, "fee.pdf", paidCode));

        foreach (var said in new[] { "F" + paid, paid, "24.00 元", "cash", "粤价" }) Assert.Contains(said, receipt, StringComparison.Ordinal);
        Assert.Contains("F" + paid, pdf, StringComparison.Ordinal);
        Assert.Contains("24.00", pdf, StringComparison.Ordinal);
        Assert.Contains("财税〔2019〕46号", waiver, StringComparison.Ordinal);
        Assert.DoesNotContain("低保", waiver, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("received")]
    [InlineData("received.pdf")]
    [InlineData("")]
    public async Task WithoutTheCodeACaseIsAsUnknownAsOneThatIsNone(string receipt)
    {
        var (number, code) = await ApplyAsync();
        var none = (await GetAsync("A0000000000NX", receipt, code)).ExpectProblem(404, "unknown-application");

        foreach (var wrong in new[] { "", "00000000", code + "0" })
        {
            var refused = (await GetAsync(number, receipt, wrong)).ExpectProblem(404, "unknown-application");
            Assert.Equal(none.Body.Replace("A0000000000NX", number, StringComparison.Ordinal), refused.Body);
        }

        (await GetAsync(new string('A', 200), receipt, code)).ExpectProblem(404, "unknown-application");
    }

    [Fact]
    public async Task StaffNeedNoCodeAndAKindThatIsNoneIsUnknown()
    {
        var (number, code) = await ApplyAsync();
        var clerk = await town.StaffAsync("clerk1");

        Assert.Contains(number, (await clerk.GetAsync($"/api/applications/{number}/receipts/received")).Expect(200).Body, StringComparison.Ordinal);
        (await clerk.GetAsync("/api/applications/A0000000000NX/receipts/received")).ExpectProblem(404, "unknown-application");
        (await GetAsync(number, "everything", code)).ExpectProblem(404, "unknown-receipt");
        (await GetAsync(number, "Received", code)).ExpectProblem(404, "unknown-receipt");
    }

    [Fact]
    public async Task ALongReceiptGoesOverSeveralPagesAndLosesNothing()
    {
        var (number, code) = await ApplyAsync([.. Enumerable.Range(1, 100).Select(i => $"材料{i:D3} 这是一份名称很长的申请材料，需要换行才能在一张小纸上印完整 page-{i}.pdf")]);

        var file = await GetBytesAsync(number, "received.pdf", code);

        Assert.True(Pages().Count(Encoding.ASCII.GetString(file)) > 1);
        var texts = Texts(file);
        for (var i = 1; i <= 100; i++) Assert.Contains($"page-{i}.pdf", texts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereverALineEndsNothingOfItIsLost()
    {
        // Words, spaces and characters of two code units at every place around the end of a line.
        string[] things = [.. Enumerable.Range(30, 60).Select(i => new string('x', i) + " "), .. Enumerable.Range(20, 30).Select(i => new string('x', i) + " 𠮷𠮷𠮷 y")];
        var (number, code) = await ApplyAsync(things);

        var texts = Texts(await GetBytesAsync(number, "received.pdf", code));

        Assert.Equal(things.Sum(thing => thing.Count(c => c == 'x')), texts.Count(c => c == 'x'));
        Assert.Equal(30 * 3, texts.EnumerateRunes().Count(rune => rune.ToString() == "𠮷"));
    }

    private static string Texts(byte[] file) => string.Concat(Shown().Matches(Encoding.ASCII.GetString(file))
        .Select(m => (m.Groups[1].Value == "C" ? Encoding.BigEndianUnicode : Encoding.Latin1).GetString(Convert.FromHexString(m.Groups[2].Value))));

    private async Task<(string Number, string Code)> ApplyAsync(params string[] materials)
    {
        var receipt = (await town.Public.PostAsync("/api/applications", new
        {
            item = "costly",
            applicant = new { name = "李雷", idNumber = "44190019900101001X" },
            materials,
        })).Expect(201);
        return (receipt.Text("acceptanceNumber"), receipt.Text("queryCode"));
    }

    private Task<Answer> GetAsync(string number, string receipt, string code) =>
        town.Public.GetAsync($"/api/applications/{number}/receipts{(receipt.Length > 0 ? "/" + receipt : "")}", ("X-Query-Code", code));

    private async Task<IEnumerable<string>> KindsAsync(string number, string code) =>
        (await GetAsync(number, "", code)).Expect(200).Items.Select(item => item["kind"]!.GetValue<string>());

    private async Task<byte[]> GetBytesAsync(string number, string receipt, string code)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(town.Address, $"/api/applications/{number}/receipts/{receipt}"));
        request.Headers.Add("X-Query-Code", code);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("application/pdf", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"/([LC]) [\d.]+ Tf <([0-9A-F]+)> Tj")]
    private static partial Regex Shown();

    [GeneratedRegex("/Type/Page/")]
    private static partial Regex Pages();

    /// <summary>The sample town with an item that costs something.</summary>
    public sealed class FeeTown : TownFixture
    {
        protected override async Task PrepareAsync()
        {
            var item = QuickItems.Item("costly", TimeSpan.FromDays(7), TimeSpan.FromDays(20));
            item["statutoryLimit"] = JsonSerializer.SerializeToNode(new { kind = "workingDays", days = 20 });
            item["committedLimit"] = JsonSerializer.SerializeToNode(new { kind = "workingDays", days = 7 });
            item["fee"] = JsonSerializer.SerializeToNode(new { basis = "粤价", amountInFen = 1_200, unit = new { zh = "件", en = "each" } });
            var admin = await StaffAsync("admin");
            var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
            files["items/costly.json"] = item.ToJsonString();
            (await admin.PostAsync("/api/catalogue", new { files })).Expect(200);
        }
    }
}
