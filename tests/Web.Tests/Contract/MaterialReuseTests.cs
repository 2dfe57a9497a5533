using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>A4 over HTTP: a file once handed in is offered for the next case and taken over without being sent again.</summary>
[Collection(nameof(SharedTown))]
public sealed class MaterialReuseTests(MortalTown town)
{
    private const string Next = "restaurant-opening";

    [Fact]
    public async Task TheApplicantTakesAFileOverWithTheQueryCodesOfBothCases()
    {
        const string person = "440106197001010045";
        var (first, next) = (await ApplyAsync("shop-licence", person), await ApplyAsync(Next, person));
        var card = Card(700_000);
        (await HandInAsync(first, card, "身份证 正面.pdf")).Expect(201);

        var offered = Assert.Single((await town.Public.GetAsync($"{Path(first)}/one-form?item={Next}", ("X-Query-Code", first.Text("queryCode"))))
            .Expect(200).Json["materials"]!.AsArray())!;
        Assert.Equal(
            ("身份证", Number(first), 1, "身份证 正面.pdf", "application/pdf", 700_000, HashOf(card)),
            (offered["material"]!.GetValue<string>(), offered["application"]!.GetValue<string>(), offered["attachment"]!.GetValue<int>(), offered["name"]!.GetValue<string>(),
                offered["type"]!.GetValue<string>(), offered["size"]!.GetValue<int>(), offered["sha256"]!.GetValue<string>()));
        var body = new { from = Number(first), attachment = 1, material = "Identity card", queryCode = first.Text("queryCode") };
        var taken = (await ReuseAsync(next, body, key: "reuse-1")).Expect(201);

        Assert.Equal((1, "身份证", "身份证 正面.pdf", HashOf(card)), (taken.Json["id"]!.GetValue<int>(), taken.Text("material"), taken.Text("name"), taken.Text("sha256")));
        using (var response = await town.Public.FetchAsync(Path(next) + "/attachments/1", ("X-Query-Code", next.Text("queryCode"))))
            Assert.Equal(card, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        // Again, under the same key and under none: nothing more is recorded.
        Assert.Equal(taken.Body, (await ReuseAsync(next, body, key: "reuse-1")).Expect(201).Body);
        Assert.Equal(taken.Body, (await ReuseAsync(next, body)).Expect(201).Body);
        (await ReuseAsync(next, new { from = Number(first), attachment = 2, material = "Identity card", queryCode = first.Text("queryCode") }, key: "reuse-1")).ExpectProblem(409, "idempotency-conflict");
        Assert.Single((await town.Public.GetAsync(Path(next) + "/attachments", ("X-Query-Code", next.Text("queryCode")))).Expect(200).Items);
        var told = (await (await town.StaffAsync("clerk1")).GetAsync(Path(next) + "/timeline")).Expect(200).Items[^1];
        Assert.Equal(("application.material-attached.v1", Number(first)), (told["type"]!.GetValue<string>(), told["data"]!["from"]!.GetValue<string>()));
    }

    [Fact]
    public async Task TheDeskIsOfferedItByIdentityNumberAndTakesItOver()
    {
        const string person = "440106197001010053";
        var (first, next) = (await ApplyAsync("shop-licence", person), await ApplyAsync(Next, person));
        (await HandInAsync(first, Card(2_000))).Expect(201);
        var clerk = await town.StaffAsync("clerk2");

        var offered = Assert.Single((await clerk.PostAsync("/api/one-form", new { idNumber = person, item = Next })).Expect(200).Json["materials"]!.AsArray())!;
        var body = new { from = offered["application"]!.GetValue<string>(), attachment = offered["attachment"]!.GetValue<int>(), material = offered["material"]!.GetValue<string>() };
        (await clerk.PostAsync(Path(next) + "/attachments/reuse", body)).Expect(201);

        Assert.Equal(HashOf(Card(2_000)), Assert.Single((await clerk.GetAsync(Path(next) + "/attachments")).Expect(200).Items)["sha256"]!.GetValue<string>());
    }

    [Fact]
    public async Task WithoutProofForBothCasesNothingIsTakenOver()
    {
        const string person = "440106197001010029";
        var (first, next) = (await ApplyAsync("shop-licence", person), await ApplyAsync(Next, person));
        (await HandInAsync(first, Card(2_000))).Expect(201);
        object Body(string? queryCode, string? from = null, int attachment = 1) => new { from = from ?? Number(first), attachment, material = "身份证", queryCode };

        foreach (var given in new[] { "00000000", "", null })
            (await ReuseAsync(next, Body(given))).ExpectProblem(404, "unknown-application");
        (await ReuseAsync(next, Body(first.Text("queryCode"), "A0"))).ExpectProblem(404, "unknown-application");
        (await ReuseAsync(next, Body(first.Text("queryCode")), code: "00000000")).ExpectProblem(404, "unknown-application");
        (await ReuseAsync(next, Body(first.Text("queryCode"), attachment: 2))).ExpectProblem(404, "unknown-attachment");
        // It asks for the market's own papers, and knows nothing of who else is concerned with the restaurant.
        var reuse = new { from = Number(first), attachment = 1, material = "身份证" };
        (await (await town.StaffAsync("handler.construction")).PostAsync(Path(next) + "/attachments/reuse", reuse)).ExpectProblem(403, "not-allowed");
        (await (await town.StaffAsync("officer")).PostAsync(Path(next) + "/attachments/reuse", reuse)).ExpectProblem(403, "not-allowed");

        Assert.Empty((await town.Public.GetAsync(Path(next) + "/attachments", ("X-Query-Code", next.Text("queryCode")))).Expect(200).Items);
    }

    [Fact]
    public async Task WhatIsNotTakenIsRefusedAndChangesNothing()
    {
        const string person = "440106197001010037";
        var (first, next, other) = (await ApplyAsync("shop-licence", person), await ApplyAsync(Next, person), await ApplyAsync(Next, "440106197001010061"));
        (await HandInAsync(first, Card(2_000))).Expect(201);
        var clerk = await town.StaffAsync("clerk1");
        var body = new { from = Number(first), attachment = 1, material = "身份证" };

        (await clerk.PostAsync(Path(other) + "/attachments/reuse", body)).ExpectProblem(422, "other-applicant");
        Assert.Equal(["material unknown-material"], (await clerk.PostAsync(Path(next) + "/attachments/reuse", body with { material = "户口簿" })).ExpectProblem(400, "validation").Faults);
        (await clerk.PostAsync(Path(next) + "/attachments/reuse", body with { attachment = 0 })).ExpectProblem(400, "validation");
        (await clerk.PostAsync(Path(next) + "/attachments/reuse", new { from = Number(first) })).ExpectProblem(400, "validation");
        (await clerk.PostAsync(Path(next) + "/attachments/reuse", new { from = Number(first), attachment = 1, material = "身份证", sha256 = "x" })).ExpectProblem(400, "unknown-field");
        (await clerk.PostAsync($"/api/applications/{Number(next)}/withdraw")).Expect(200);
        (await clerk.PostAsync(Path(next) + "/attachments/reuse", body)).ExpectProblem(409, "wrong-state");

        Assert.Empty((await clerk.GetAsync(Path(next) + "/attachments")).Expect(200).Items);
        Assert.Empty((await clerk.GetAsync(Path(other) + "/attachments")).Expect(200).Items);
        Assert.Equal(0, (await HostedServer.RunAsync("verify", "--data", town.Folder)).ExitCode);
    }

    private static byte[] Card(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        "%PDF-1.7\n"u8.CopyTo(content);
        return content;
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Number(Answer receipt) => receipt.Text("acceptanceNumber");

    private static string Path(Answer receipt) => "/api/applications/" + Number(receipt);

    private async Task<Answer> ApplyAsync(string item, string person) => (await town.Public.PostAsync(
        "/api/applications", new { item, applicant = new { name = "李雷", idNumber = person, phone = "13800000000" }, form = new { }, materials = Array.Empty<string>(), channel = "desk" })).Expect(201);

    private Task<Answer> HandInAsync(Answer receipt, byte[] content, string name = "card.pdf") => town.Public.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, $"{Path(receipt)}/attachments?material=Identity%20card&name={Uri.EscapeDataString(name)}") { Content = new ByteArrayContent(content) },
        ("X-Query-Code", receipt.Text("queryCode")));

    private Task<Answer> ReuseAsync(Answer receipt, object body, string? key = null, string? code = null) => town.Public.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, Path(receipt) + "/attachments/reuse")
        {
            Content = new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), new MediaTypeHeaderValue("application/json")),
        },
        [("X-Query-Code", code ?? receipt.Text("queryCode")), .. key is null ? [] : new[] { ("Idempotency-Key", key) }]);
}
