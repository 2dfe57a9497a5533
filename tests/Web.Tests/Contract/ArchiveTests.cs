using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>A17 over HTTP: finished cases are archived by rule, listed and exported; personal data is corrected and erased.</summary>
public sealed class ArchiveTests(TownFixture town) : IClassFixture<TownFixture>
{
    private const string Reason = "李雷提交的材料齐全，准予许可";

    [Fact]
    public async Task AFinishedCaseIsArchivedListedAndExportedAndNothingOfItIsChanged()
    {
        var (officer, head, clerk) = (await town.StaffAsync("officer"), await town.StaffAsync("head.market"), await town.StaffAsync("clerk1"));
        var (number, code) = await EndedAsync("archived-item");
        (await officer.GetAsync($"/api/archive/{(await town.ApplyAsync("archived-item")).Text("acceptanceNumber")}/export")).ExpectProblem(409, "not-archived");
        await ArchivedAsync(number, code);

        (await clerk.PostAsync($"/api/applications/{number}/deliver")).ExpectProblem(409, "archived");
        (await head.PostAsync($"/api/applications/{number}/decide", new { outcome = "denied", reason = "x" })).ExpectProblem(409, "archived");
        Assert.Equal("delivered", (await town.Public.GetAsync("/api/applications/" + number, ("X-Query-Code", code))).Expect(200).Text("state"));
        Assert.Equal("application.archived.v1", (await head.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items[^1]["type"]!.GetValue<string>());

        var export = (await officer.GetAsync($"/api/archive/{number}/export")).Expect(200);
        AssertChain(export.Json);
        Assert.Contains(export.Json["documents"]!.AsArray(), d => d!["text"]!.GetValue<string>() == Reason);
        (await clerk.GetAsync($"/api/archive/{number}/export")).ExpectProblem(403, "not-allowed");
        (await town.Public.GetAsync($"/api/archive/{number}/export")).ExpectProblem(401, "not-signed-in");
        (await officer.GetAsync("/api/archive/A0/export")).ExpectProblem(404, "unknown-application");
        await AssertCheckedByTheProgramAsync(export.Body);
    }

    [Fact]
    public async Task TheArchiveIsListedPageByPageForSupervisionAndAdministration()
    {
        var (officer, admin) = (await town.StaffAsync("officer"), await town.StaffAsync("admin"));
        List<string> numbers = [];
        for (var i = 0; i < 3; i++)
        {
            var (number, code) = await EndedAsync("listed-item");
            await ArchivedAsync(number, code);
            numbers.Add(number);
        }

        var first = (await officer.GetAsync("/api/archive?item=listed-item&limit=2")).Expect(200);
        var second = (await admin.GetAsync("/api/archive?item=listed-item&department=market&limit=2&after=" + first.Text("next"))).Expect(200);

        Assert.Equal(numbers.Order(StringComparer.Ordinal), first.Items.Concat(second.Items).Select(c => c["acceptanceNumber"]!.GetValue<string>()));
        Assert.Null(second.Json["next"]);
        Assert.Equal(("at-once", null), (first.Items[0]["rule"]!.GetValue<string>(), first.Items[0]["erasedAt"]));
        Assert.Empty((await officer.GetAsync("/api/archive?item=listed-item&department=tax")).Expect(200).Items);
        (await officer.GetAsync("/api/archive?limit=0")).ExpectProblem(400, "validation");
        (await (await town.StaffAsync("head.market")).GetAsync("/api/archive")).ExpectProblem(403, "not-allowed");
        (await town.Public.GetAsync("/api/archive")).ExpectProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task PersonalDataIsSeenAndCorrectedByThoseItConcerns()
    {
        var (clerk, officer) = (await town.StaffAsync("clerk1"), await town.StaffAsync("officer"));
        var receipt = await town.ApplyAsync("shop-licence");
        var (number, code) = (receipt.Text("acceptanceNumber"), receipt.Text("queryCode"));
        var path = $"/api/applications/{number}/personal-data";

        var corrected = (await clerk.PostAsync(path + "/correct", new { name = "李磊", idNumber = "44190019900101002X" }, "fix")).Expect(200);
        Assert.Equal(corrected.Body, (await clerk.PostAsync(path + "/correct", new { name = "李磊", idNumber = "44190019900101002X" }, "fix")).Expect(200).Body);
        (await SendAsync(path + "/correct", new { phone = "13900000000" }, code)).Expect(200);
        (await SendAsync(path + "/correct", new { name = "别人" }, code)).ExpectProblem(403, "not-allowed");
        (await SendAsync(path + "/correct", new { phone = "13900000000" }, "00000000")).ExpectProblem(404, "unknown-application");
        (await town.Public.PostAsync(path + "/correct", new { phone = "13900000000" })).ExpectProblem(404, "unknown-application");

        var seen = (await town.Public.GetAsync(path, ("X-Query-Code", code))).Expect(200);
        Assert.Equal(("李磊", "44190019900101002X", "13900000000"), (seen.Text("name"), seen.Text("idNumber"), seen.Text("phone")));
        Assert.NotEqual(receipt.Text("registrationNumber"), seen.Text("registrationNumber"));
        (await officer.GetAsync(path)).ExpectProblem(403, "not-allowed");
        (await town.Public.GetAsync(path)).ExpectProblem(404, "unknown-application");
        (await clerk.GetAsync("/api/applications/A0/personal-data")).ExpectProblem(404, "unknown-application");
        var story = (await clerk.GetAsync($"/api/applications/{number}/timeline")).Expect(200);
        Assert.Equal(
            [("clerk1", """["name","idNumber"]"""), ("public", """["phone"]""")],
            story.Items.Where(e => e["type"]!.GetValue<string>() == "application.personal-data-corrected.v1")
                .Select(e => (e["actor"]!.GetValue<string>(), e["data"]!["data"]!.ToJsonString())));
        Assert.All(["李磊", "44190019900101002X", "13900000000"], secret => Assert.DoesNotContain(secret, story.Body, StringComparison.Ordinal));
        Assert.Equal(0, (await HostedServer.RunAsync("verify", "--data", town.Folder)).ExitCode);
    }

    [Theory]
    [InlineData("""{}""", "validation")]
    [InlineData("""{"name":" "}""", "validation")]
    [InlineData("""{"name":5}""", "validation")]
    [InlineData("""{"idNumber":"!"}""", "validation")]
    [InlineData("""{"phone":"call me"}""", "validation")]
    [InlineData("""{"phone":"13900000000","address":"x"}""", "unknown-field")]
    [InlineData("not json", "validation")]
    public async Task AWrongCorrectionIsRefused(string body, string code)
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        (await (await town.StaffAsync("clerk1")).PostRawAsync($"/api/applications/{number}/personal-data/correct", body)).ExpectProblem(400, code);
    }

    [Fact]
    public async Task ErasedPersonalDataIsShownNowhereAndTheApplicantsOtherCaseKeepsItsOwn()
    {
        var (admin, head, officer) = (await town.StaffAsync("admin"), await town.StaffAsync("head.market"), await town.StaffAsync("officer"));
        var (number, code) = await EndedAsync("erased-item");
        var other = (await town.ApplyAsync("erased-item")).Text("acceptanceNumber");
        (await admin.PostAsync($"/api/applications/{other}/personal-data/erase", new { reason = "x" })).ExpectProblem(409, "case-running");
        var path = $"/api/applications/{number}/personal-data";
        (await head.PostAsync(path + "/erase", new { reason = " " })).ExpectProblem(400, "validation");
        (await (await town.StaffAsync("head.tax")).PostAsync(path + "/erase", new { reason = "x" })).ExpectProblem(403, "not-allowed");
        (await town.Public.PostAsync(path + "/erase", new { reason = "x" })).ExpectProblem(401, "not-signed-in");
        (await admin.PostAsync("/api/applications/A0/personal-data/erase", new { reason = "x" })).ExpectProblem(404, "unknown-application");

        var erased = (await admin.PostAsync(path + "/erase", new { reason = "处理目的已实现" }, "erase")).Expect(200);
        Assert.Equal(erased.Body, (await admin.PostAsync(path + "/erase", new { reason = "处理目的已实现" }, "erase")).Expect(200).Body);
        (await admin.PostAsync(path + "/erase", new { reason = "again" })).ExpectProblem(409, "personal-data-erased");
        (await admin.PostAsync(path + "/correct", new { name = "李磊" })).ExpectProblem(409, "personal-data-erased");

        var gone = (await town.Public.GetAsync(path, ("X-Query-Code", code))).Expect(200);
        Assert.Equal((null, null, null), (gone.Json["name"], gone.Json["idNumber"], gone.Json["phone"]));
        Assert.NotNull(gone.Json["erasedAt"]);
        var export = (await officer.GetAsync($"/api/archive/{number}/export")).Expect(200);
        AssertChain(export.Json);
        Assert.Equal(["处理目的已实现"], export.Json["documents"]!.AsArray().Select(d => d!["text"]!.GetValue<string>()));
        string[] pages =
        [
            (await town.Public.GetAsync("/api/applications/" + number, ("X-Query-Code", code))).Expect(200).Body,
            (await head.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Body,
            (await head.GetAsync("/api/tasks?department=market")).Expect(200).Body,
            (await town.Public.GetAsync("/api/licences/L" + number)).Expect(200).Body,
            (await officer.GetAsync("/api/archive?item=erased-item")).Expect(200).Body,
            export.Body,
        ];
        Assert.All(pages, page => Assert.All(
            ["李雷", "44190019900101001X", "13800000000", Reason], secret => Assert.DoesNotContain(secret, page, StringComparison.Ordinal)));
        Assert.Equal("李雷", (await head.GetAsync($"/api/applications/{other}/personal-data")).Expect(200).Text("name"));
        Assert.Equal(0, (await HostedServer.RunAsync("verify", "--data", town.Folder)).ExitCode);
    }

    [Fact]
    public async Task BeforeItsTimeIsOverNothingIsErased()
    {
        var (admin, head) = (await town.StaffAsync("admin"), await town.StaffAsync("head.market"));
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        (await head.PostAsync($"/api/applications/{number}/refuse", new { basis = "第三十二条", reason = "x" })).Expect(200);

        var refused = (await admin.PostAsync($"/api/applications/{number}/personal-data/erase", new { reason = "x" })).ExpectProblem(409, "retention-not-passed");

        Assert.Contains(DateTimeOffset.UtcNow.AddHours(8).AddYears(10).Year.ToString(System.Globalization.CultureInfo.InvariantCulture), refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("李雷", (await head.GetAsync($"/api/applications/{number}/personal-data")).Expect(200).Text("name"));
    }

    [Fact]
    public async Task AWrongRuleOfRetentionIsNamedByFileAndPlace()
    {
        var admin = await town.StaffAsync("admin");
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        files["retention/wrong.json"] = """{"code":"wrong","archiveAfter":{"length":2,"unit":"years"},"keep":{"length":1,"unit":"years"}}""";

        var answer = (await admin.PostAsync("/api/catalogue?dryRun=true", new { files })).ExpectProblem(400, "validation");

        Assert.Equal(["/files/retention~1wrong.json shorter-than-archive"], answer.Faults);
    }

    // The rule as the README tells it to whoever is given such a file; nothing of the program is used.
    private static void AssertChain(JsonNode export)
    {
        var hash = new byte[32];
        var seq = 0L;
        foreach (var e in export["events"]!.AsArray())
        {
            using var bytes = new MemoryStream();
            bytes.Write(hash);
            Text(bytes, export["stream"]!.GetValue<string>());
            Number(bytes, e!["seq"]!.GetValue<long>());
            Number(bytes, e["at"]!.GetValue<long>());
            Text(bytes, e["actor"]!.GetValue<string>());
            Text(bytes, e["type"]!.GetValue<string>());
            Text(bytes, e["data"]!.GetValue<string>());
            hash = SHA256.HashData(bytes.ToArray());
            Assert.Equal(++seq, e["seq"]!.GetValue<long>());
            Assert.Equal(Convert.ToHexStringLower(hash), e["hash"]!.GetValue<string>());
        }

        Assert.True(seq > 4);
        Assert.Equal(export["hash"]!.GetValue<string>(), Convert.ToHexStringLower(hash));

        static void Number(MemoryStream bytes, long number)
        {
            Span<byte> big = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(big, number);
            bytes.Write(big);
        }

        static void Text(MemoryStream bytes, string text)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, utf8.Length);
            bytes.Write(length);
            bytes.Write(utf8);
        }
    }

    private static async Task AssertCheckedByTheProgramAsync(string export)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, export, TestContext.Current.CancellationToken);
            var (whole, said) = await HostedServer.RunAsync("verify", "--export", file);
            Assert.True(whole == 0, said);
            await File.WriteAllTextAsync(file, export.Replace("clerk1", "clerk2", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Assert.Equal(1, (await HostedServer.RunAsync("verify", "--export", file)).ExitCode);
            await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);
            Assert.Equal(2, (await HostedServer.RunAsync("verify", "--export", file)).ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<Answer> SendAsync(string path, object body, string code) => town.Public.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web)) },
        ("X-Query-Code", code));

    private async Task ArchivedAsync(string number, string code) => await Until.Holds(
        "the case is archived",
        async () => (await town.Public.GetAsync("/api/applications/" + number, ("X-Query-Code", code))).Expect(200).Json["archivedAt"],
        archived => archived is not null);

    // Granted with a reason and a licence, and delivered; its item is archived at once and kept no longer than that.
    private async Task<(string Number, string Code)> EndedAsync(string code)
    {
        var (admin, head, clerk) = (await town.StaffAsync("admin"), await town.StaffAsync("head.market"), await town.StaffAsync("clerk1"));
        var item = QuickItems.Item(code, TimeSpan.FromDays(7), TimeSpan.FromDays(20));
        item["retention"] = "at-once";
        item["licence"] = JsonSerializer.SerializeToNode(new { name = new { zh = "许可证", en = "Permit" } });
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        files["retention/at-once.json"] = """{"code":"at-once","archiveAfter":{"length":0,"unit":"days"},"keep":{"length":0,"unit":"days"}}""";
        files[$"items/{code}.json"] = item.ToJsonString();
        (await admin.PostAsync("/api/catalogue", new { files })).Expect(200);
        var receipt = await town.ApplyAsync(code);
        var number = receipt.Text("acceptanceNumber");
        (await head.PostAsync($"/api/applications/{number}/accept")).Expect(200);
        (await head.PostAsync($"/api/applications/{number}/decide", new { outcome = "granted", reason = Reason })).Expect(200);
        (await clerk.PostAsync($"/api/applications/{number}/deliver")).Expect(200);
        return (number, receipt.Text("queryCode"));
    }
}
