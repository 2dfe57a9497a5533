using System.Text.Json;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>Fees of a real program (A14): at the cashier, and through a payment gateway that is a real HTTP server.</summary>
public sealed class FeeTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("onestop-fees-").FullName;
    private readonly PaymentReceiver gateway = new();
    private readonly Dictionary<string, ApiClient> staff = [];
    private ServerProcess? server;

    [Fact]
    public async Task TheGrantWaitsUntilTheGatewayReportsThePaymentAndTheTimelineTellsIt()
    {
        await StartAsync(gateway.Address);
        using var anybody = new ApiClient(server!.Address);
        var head = await StaffAsync("head.market");
        var (number, code) = await AcceptedAsync(anybody);
        (await head.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).ExpectProblem(409, "fee-unpaid");
        (await anybody.GetAsync($"/api/applications/{number}/fee", ("X-Query-Code", code))).ExpectProblem(404, "unknown-fee");
        (await head.PostAsync($"/api/applications/{number}/fee/demand", new { quantity = 2 }, "demand-1")).Expect(200);
        Assert.Equal(2_400, (await head.PostAsync($"/api/applications/{number}/fee/demand", new { quantity = 2 }, "demand-1")).Expect(200).Json["amountInFen"]!.GetValue<long>());
        (await anybody.GetAsync($"/api/applications/{number}/fee", ("X-Query-Code", "00000000"))).ExpectProblem(404, "unknown-application");

        var offer = await OpenAsync(anybody, number, code);
        var again = await OpenAsync(anybody, number, code);

        Assert.Equal((offer.Expect(200).Body, "https://pay.example/pay-1"), (again.Expect(200).Body, offer.Text("url")));
        Assert.All(gateway.Orders, order => Assert.Equal((number + ".fee", 2_400), (order["order"]!.GetValue<string>(), order["amountInFen"]!.GetValue<long>())));
        Assert.Equal(2, gateway.Orders.Count);
        Assert.DoesNotContain(gateway.Orders, order => order.ToJsonString().Contains("李雷", StringComparison.Ordinal));

        var report = new { order = number + ".fee", payment = "pay-1", amountInFen = 2_400, state = "paid" };
        (await PaymentReceiver.ReportAsync(anybody, report, secret: "another secret")).ExpectProblem(401, "bad-signature");
        (await PaymentReceiver.ReportAsync(anybody, report, age: TimeSpan.FromMinutes(6))).ExpectProblem(401, "bad-signature");
        (await anybody.PostAsync("/api/payments/reports", report)).ExpectProblem(401, "bad-signature");
        (await PaymentReceiver.ReportAsync(anybody, report with { amountInFen = 1 })).ExpectProblem(409, "wrong-amount");
        (await PaymentReceiver.ReportAsync(anybody, report with { order = "none.fee" })).ExpectProblem(404, "unknown-application");
        (await PaymentReceiver.ReportAsync(anybody, report with { order = "none" })).ExpectProblem(404, "unknown-payment");
        (await PaymentReceiver.ReportAsync(anybody, report with { state = "lost" })).ExpectProblem(400, "validation");
        (await PaymentReceiver.ReportAsync(anybody, report with { state = "failed" })).Expect(204);
        Assert.Equal("demanded", (await anybody.GetAsync($"/api/applications/{number}/fee", ("X-Query-Code", code))).Expect(200).Text("state"));
        (await PaymentReceiver.ReportAsync(anybody, report)).Expect(204);
        (await PaymentReceiver.ReportAsync(anybody, report)).Expect(204);
        (await PaymentReceiver.ReportAsync(anybody, report with { payment = "pay-2" })).Expect(204);

        Assert.Equal("F" + number, (await anybody.GetAsync($"/api/applications/{number}/fee", ("X-Query-Code", code))).Expect(200).Text("receipt"));
        (await OpenAsync(anybody, number, code)).ExpectProblem(409, "already-settled");
        (await (await StaffAsync("handler.market")).PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).Expect(200);
        Assert.Equal(
            ["fee-demanded", "told", "payment-opened", "fee-paid", "refund-due", "decided"],
            (await head.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items
                .Select(e => e["type"]!.GetValue<string>()["application.".Length..^".v1".Length]).Skip(2));
    }

    [Fact]
    public async Task AGatewayThatFailsIsSaidToAndTheCashierTakesTheFee()
    {
        await StartAsync(gateway.Address);
        using var anybody = new ApiClient(server!.Address);
        var (head, clerk) = (await StaffAsync("head.market"), await StaffAsync("clerk1"));
        var (number, code) = await AcceptedAsync(anybody);
        (await clerk.PostAsync($"/api/applications/{number}/fee/pay", new { amountInFen = 1_200, means = "cash" })).ExpectProblem(409, "not-demanded");
        (await clerk.PostAsync($"/api/applications/{number}/fee/demand")).Expect(200);

        foreach (var status in new[] { 500, 400, 200 })
        {
            gateway.Answers.Enqueue(status);
            Assert.NotNull((await OpenAsync(anybody, number, code)).ExpectProblem(503, "gateway-unavailable").RetryAfter);
        }

        (await anybody.PostAsync($"/api/applications/{number}/fee/pay", new { amountInFen = 1_200, means = "cash" })).ExpectProblem(401, "not-signed-in");
        (await clerk.PostAsync($"/api/applications/{number}/fee/pay", new { amountInFen = 1, means = "cash" })).ExpectProblem(400, "validation");
        (await clerk.PostAsync($"/api/applications/{number}/fee/pay", new { amountInFen = 99_999_999_999L, means = "cash" })).ExpectProblem(400, "validation");
        (await clerk.PostAsync($"/api/applications/{number}/fee/pay", new { amountInFen = 1_200, means = "shells" })).ExpectProblem(400, "validation");
        var paid = (await clerk.PostAsync($"/api/applications/{number}/fee/pay", new { amountInFen = 1_200, means = "cash" })).Expect(200);
        Assert.Equal(("paid", "cash", "F" + number), (paid.Text("state"), paid.Text("means"), paid.Text("receipt")));
        (await head.PostAsync($"/api/applications/{number}/fee/waive", new { basis = "a", reason = "b" })).ExpectProblem(409, "already-settled");
    }

    [Fact]
    public async Task WithoutAGatewayAFeeIsPaidAtTheCashierOrWaived()
    {
        await StartAsync(null);
        using var anybody = new ApiClient(server!.Address);
        var head = await StaffAsync("head.market");
        var (number, code) = await AcceptedAsync(anybody);
        (await head.PostAsync($"/api/applications/{number}/fee/demand")).Expect(200);

        (await OpenAsync(anybody, number, code)).ExpectProblem(409, "no-gateway");
        (await PaymentReceiver.ReportAsync(anybody, new { order = number + ".fee", payment = "p", amountInFen = 1_200, state = "paid" })).ExpectProblem(409, "no-gateway");
        (await (await StaffAsync("handler.market")).PostAsync($"/api/applications/{number}/fee/waive", new { basis = "a", reason = "b" })).ExpectProblem(403, "not-allowed");
        Assert.Equal("waived", (await head.PostAsync($"/api/applications/{number}/fee/waive", new { basis = "财税〔2019〕46号", reason = "低保家庭" })).Expect(200).Text("state"));

        (await head.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted" })).Expect(200);
        Assert.Contains(
            "低保家庭", (await head.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items.Select(e => e["data"]!["reason"]?.GetValue<string>()));
    }

    [Theory]
    [InlineData("--payment: an http or https address", "ftp://pay.example", "a long enough secret")]
    [InlineData("ONESTOP_PAYMENT_SECRET", "https://pay.example", "short")]
    public async Task AGatewayThatCannotWorkIsRefusedAtTheStart(string said, string address, string secret)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ServerProcess.StartAsync(
            folder, ServerProcess.FreePort(), [("ONESTOP_PAYMENT_SECRET", secret)], "--payment", address));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in staff.Values) client.Dispose();
        if (server is not null) await server.DisposeAsync();
        await gateway.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static Task<Answer> OpenAsync(ApiClient anybody, string number, string code) =>
        anybody.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/api/applications/{number}/fee/payments"), ("X-Query-Code", code));

    private async Task StartAsync(string? address)
    {
        server = await ServerProcess.StartAsync(
            folder, ServerProcess.FreePort(), [("ONESTOP_PAYMENT_SECRET", PaymentReceiver.Secret)], address is null ? [] : ["--payment", address]);
        var admin = await StaffAsync("admin");
        var item = QuickItems.Item("costly", TimeSpan.FromDays(7), TimeSpan.FromDays(20));
        item["fee"] = JsonSerializer.SerializeToNode(new { basis = "粤价", amountInFen = 1_200, unit = new { zh = "件", en = "each" }, gate = "decision" });
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        files["items/costly.json"] = item.ToJsonString();
        (await admin.PostAsync("/api/catalogue", new { files })).Expect(200);
    }

    private async Task<(string Number, string Code)> AcceptedAsync(ApiClient anybody)
    {
        var receipt = (await anybody.PostAsync("/api/applications", TownFixture.Application("costly"))).Expect(201);
        (await (await StaffAsync("head.market")).PostAsync($"/api/applications/{receipt.Text("acceptanceNumber")}/accept")).Expect(200);
        return (receipt.Text("acceptanceNumber"), receipt.Text("queryCode"));
    }

    private async Task<ApiClient> StaffAsync(string user)
    {
        if (staff.TryGetValue(user, out var known)) return known;
        var client = new ApiClient(server!.Address);
        await client.SignInAsync(user);
        return staff[user] = client;
    }
}
