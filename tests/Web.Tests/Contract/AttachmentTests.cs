using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>Scanned and uploaded materials (电子影像, W5) over HTTP.</summary>
public sealed class AttachmentTests(TownFixture town, ITestOutputHelper output) : IClassFixture<TownFixture>
{
    private const int Most = 20 << 20;

    [Fact]
    public async Task TheApplicantHandsAFileInAndItIsShownInTheCase()
    {
        var (number, code) = await ReceivedAsync();
        var scan = Pdf(700_000);

        var answer = (await PostAsync(town.Public, number, code, scan, "Identity card", "身份证 正面.pdf")).Expect(201);

        Assert.Equal((1, "身份证", "身份证 正面.pdf", "application/pdf"), (answer.Json["id"]!.GetValue<int>(), answer.Text("material"), answer.Text("name"), answer.Text("type")));
        Assert.Equal((700_000, HashOf(scan)), (answer.Json["size"]!.GetValue<int>(), answer.Text("sha256")));
        var clerk = await town.StaffAsync("clerk1");
        foreach (var list in new[] { await town.Public.GetAsync(Path(number), ("X-Query-Code", code)), await clerk.GetAsync(Path(number)) })
            Assert.Equal(answer.Json.ToJsonString(), Assert.Single(list.Expect(200).Items).ToJsonString());
        var seen = Assert.Single((await town.Public.GetAsync("/api/applications/" + number, ("X-Query-Code", code))).Expect(200).Json["attachments"]!.AsArray())!;
        Assert.Equal(("身份证", null), (seen["material"]!.GetValue<string>(), seen["name"]));
        var told = (await clerk.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items[^1];
        Assert.Equal(("application.material-attached.v1", "public", "身份证 正面.pdf"), (told["type"]!.GetValue<string>(), told["actor"]!.GetValue<string>(), told["data"]!["name"]!.GetValue<string>()));
        foreach (var (reader, itsCode) in new[] { (town.Public, code), (clerk, "") })
        {
            using var response = await reader.FetchAsync(Path(number) + "/1", ("X-Query-Code", itsCode));
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal(scan, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Equal(("application/pdf", 700_000), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentLength));
            Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        }
    }

    [Fact]
    public async Task TheDeskScansAndFilesForAllThatWasMissingBringTheCaseBack()
    {
        var (number, code) = await ReceivedAsync();
        var clerk = await town.StaffAsync("clerk1");
        (await clerk.PostAsync($"/api/applications/{number}/correct", new { missing = new[] { "经营场所证明", "手写签名" } })).Expect(200);

        Assert.Equal(1, (await PostAsync(clerk, number, null, Jpeg, "手写签名", "scan0001.jpg")).Expect(201).Json["id"]!.GetValue<int>());
        Assert.Equal("correcting", (await clerk.GetAsync("/api/applications/" + number)).Text("state"));
        (await PostAsync(town.Public, number, code, Png, "Proof of premises", "lease.png", "image/png")).Expect(201);

        Assert.Equal("received", (await clerk.GetAsync("/api/applications/" + number)).Text("state"));
    }

    [Fact]
    public async Task AWrongCodeAndAnUnknownNumberAreTheSame404()
    {
        var (number, code) = await ReceivedAsync();
        (await PostAsync(town.Public, number, code, Jpeg)).Expect(201);

        foreach (var (asked, given) in new[] { (number, "00000000"), (number, null), ("A0", code), ("A0", null) })
        {
            (await PostAsync(town.Public, asked, given, Jpeg)).ExpectProblem(404, "unknown-application");
            (await town.Public.GetAsync(Path(asked), ("X-Query-Code", given ?? ""))).ExpectProblem(404, "unknown-application");
            (await town.Public.GetAsync(Path(asked) + "/1", ("X-Query-Code", given ?? ""))).ExpectProblem(404, "unknown-application");
        }

        (await town.Public.GetAsync(Path(number) + "/2", ("X-Query-Code", code))).ExpectProblem(404, "unknown-attachment");
        (await town.Public.GetAsync(Path(number) + "/none", ("X-Query-Code", code))).ExpectProblem(404, "unknown-route");
        (await PostAsync(await town.StaffAsync("officer"), number, null, Jpeg)).ExpectProblem(403, "not-allowed");
        (await PostAsync(await town.StaffAsync("handler.tax"), number, null, Jpeg)).ExpectProblem(403, "not-allowed");
    }

    [Fact]
    public async Task StaffWhoAreNotConcernedSeeThatAFileCameInAndNeitherItsNameNorItsContent()
    {
        var (number, code) = await ReceivedAsync();
        (await PostAsync(town.Public, number, code, Jpeg, name: "王小明的身份证.jpg")).Expect(201);

        foreach (var user in new[] { "officer", "handler.tax", "head.tax" })
        {
            var staff = await town.StaffAsync(user);
            (await staff.GetAsync(Path(number))).ExpectProblem(403, "not-allowed");
            (await staff.GetAsync(Path(number) + "/1")).ExpectProblem(403, "not-allowed");
            // Whether there is such a file is not said either.
            (await staff.GetAsync(Path(number) + "/2")).ExpectProblem(403, "not-allowed");
            (await staff.GetAsync(Path("A0"))).ExpectProblem(404, "unknown-application");
            var told = (await staff.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items[^1]["data"]!;
            Assert.Equal(("身份证", null), (told["material"]!.GetValue<string>(), told["name"]));
            Assert.DoesNotContain("王小明", (await staff.GetAsync("/api/applications/" + number)).Expect(200).Body, StringComparison.Ordinal);
        }

        foreach (var user in new[] { "clerk3", "handler.market", "head.market", "admin" })
            Assert.Equal("王小明的身份证.jpg", Assert.Single((await (await town.StaffAsync(user)).GetAsync(Path(number))).Expect(200).Items)["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task WhatIsNotTakenIsRefusedAndChangesNothing()
    {
        var (number, code) = await ReceivedAsync();

        (await PostAsync(town.Public, number, code, "<html></html>"u8.ToArray(), contentType: "application/pdf")).ExpectProblem(422, "unsupported-type");
        (await PostAsync(town.Public, number, code, Png, contentType: "application/pdf")).ExpectProblem(422, "type-mismatch");
        Assert.Equal([" empty"], (await PostAsync(town.Public, number, code, [])).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["material unknown-material"], (await PostAsync(town.Public, number, code, Jpeg, "户口簿")).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["material required"], (await PostAsync(town.Public, number, code, Jpeg, "")).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["name required"], (await PostAsync(town.Public, number, code, Jpeg, name: "folder/")).ExpectProblem(400, "validation").Faults);
        Assert.Equal(["name out-of-range"], (await PostAsync(town.Public, number, code, Jpeg, name: new string('x', 201))).ExpectProblem(400, "validation").Faults);
        (await town.Public.PostRawAsync(Path(number), "{}")).ExpectProblem(400, "validation");

        Assert.Empty((await town.Public.GetAsync(Path(number), ("X-Query-Code", code))).Expect(200).Items);
        (await (await town.StaffAsync("clerk1")).PostAsync($"/api/applications/{number}/refuse", new { basis = "行政许可法", reason = "无" })).Expect(200);
        (await PostAsync(town.Public, number, code, Jpeg)).ExpectProblem(409, "wrong-state");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AFileHas20MegabytesAndNotOneByteMore(bool chunked)
    {
        var (number, code) = await ReceivedAsync();
        var most = Pdf(Most);

        var clock = Stopwatch.StartNew();
        (await PostAsync(town.Public, number, code, most, chunked: chunked)).Expect(201);
        var sent = clock.Elapsed;
        using (var response = await town.Public.FetchAsync(Path(number) + "/1", ("X-Query-Code", code)))
            Assert.Equal(HashOf(most), HashOf(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"20 MB in {sent.TotalSeconds:0.00} s, out in {(clock.Elapsed - sent).TotalSeconds:0.00} s."));

        (await PostAsync(town.Public, number, code, [.. most, 0], chunked: chunked)).ExpectProblem(413, "too-large");
        Assert.Single((await town.Public.GetAsync(Path(number), ("X-Query-Code", code))).Expect(200).Items);
        Assert.Equal(0, await UploadsAsync());
    }

    [Fact]
    public async Task AnUploadThatIsCutOffLeavesNothing()
    {
        var (number, code) = await ReceivedAsync();
        using var sender = new TcpClient();
        await sender.ConnectAsync(town.Public.Address.Host, town.Public.Address.Port, TestContext.Current.CancellationToken);
        var head = $"POST {Path(number)}?material=Identity%20card&name=a.pdf HTTP/1.1\r\nHost: town\r\nX-Query-Code: {code}\r\nContent-Length: {Most}\r\n\r\n";
        await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        await sender.GetStream().WriteAsync(Pdf(1 << 20), TestContext.Current.CancellationToken);
        await Until.Holds("a part of the upload is kept", UploadsAsync, uploads => uploads == 1);

        sender.LingerState = new LingerOption(enable: true, seconds: 0);
        sender.Close();

        await Until.Holds("the upload is gone", UploadsAsync, uploads => uploads == 0);
        Assert.Empty((await town.Public.GetAsync(Path(number), ("X-Query-Code", code))).Expect(200).Items);
    }

    [Theory]
    [InlineData("../../扫描件/身份证.jpg", "身份证.jpg")]
    [InlineData("C:\\scans\\a.jpg", "a.jpg")]
    [InlineData("say \"cheese\"; filename=evil.html.jpg", "say \"cheese\"; filename=evil.html.jpg")]
    [InlineData("a\r\nX-Evil: 1.jpg", "aX-Evil: 1.jpg")]
    public async Task AnyNameIsSafeInTheHeader(string given, string kept)
    {
        var (number, code) = await ReceivedAsync();
        Assert.Equal(kept, (await PostAsync(town.Public, number, code, Jpeg, name: given)).Expect(201).Text("name"));

        using var response = await town.Public.FetchAsync(Path(number) + "/1", ("X-Query-Code", code));

        Assert.Equal(kept, response.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.False(response.Headers.Contains("X-Evil"));
    }

    [Fact]
    public async Task TheSameKeyWithTheSameFileGivesTheFirstAnswerAgain()
    {
        var (number, code) = await ReceivedAsync();
        var key = Guid.NewGuid().ToString();
        var first = (await PostAsync(town.Public, number, code, Pdf(300_000), key: key)).Expect(201);

        Assert.Equal(first.Body, (await PostAsync(town.Public, number, code, Pdf(300_000), key: key)).Expect(201).Body);
        (await PostAsync(town.Public, number, code, Pdf(300_001), key: key)).ExpectProblem(409, "idempotency-conflict");
        (await PostAsync(town.Public, number, code, Pdf(300_000), name: "other.pdf", key: key)).ExpectProblem(409, "idempotency-conflict");
        (await (await town.StaffAsync("clerk1")).PostAsync($"/api/applications/{number}/withdraw")).Expect(200);
        Assert.Equal(first.Body, (await PostAsync(town.Public, number, code, Pdf(300_000), key: key)).Expect(201).Body);
        Assert.Single((await town.Public.GetAsync(Path(number), ("X-Query-Code", code))).Expect(200).Items);
    }

    private static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    private static byte[] Png { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0];

    private static byte[] Pdf(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        "%PDF-1.7\n"u8.CopyTo(content);
        return content;
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Path(string number) => $"/api/applications/{number}/attachments";

    private static Task<Answer> PostAsync(
        ApiClient sender, string number, string? code, byte[] content, string material = "身份证", string name = "scan.jpg",
        string? contentType = null, string? key = null, bool chunked = false)
    {
        HttpContent body = chunked ? new StreamContent(new MemoryStream(content)) : new ByteArrayContent(content);
        if (contentType is not null) body.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Path(number)}?material={Uri.EscapeDataString(material)}&name={Uri.EscapeDataString(name)}") { Content = body };
        if (chunked) request.Headers.TransferEncodingChunked = true;
        (string, string)[] headers = [.. code is null ? [] : new[] { ("X-Query-Code", code) }, .. key is null ? [] : new[] { ("Idempotency-Key", key) }];
        return sender.SendAsync(request, headers);
    }

    // Looked for beside the program: nobody is told of an upload that has not become a file.
    private async Task<long> UploadsAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(town.Folder, "onestop.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM files WHERE sha256 IS NULL";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<(string Number, string Code)> ReceivedAsync()
    {
        var receipt = await town.ApplyAsync("shop-licence");
        return (receipt.Text("acceptanceNumber"), receipt.Text("queryCode"));
    }
}
