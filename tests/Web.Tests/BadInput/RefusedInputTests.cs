using System.Net.Http.Headers;
using System.Text;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.BadInput;

/// <summary>What is wrong is said, all of it, and nothing changes.</summary>
public sealed class RefusedInputTests(TownFixture town) : IClassFixture<TownFixture>
{
    private const string Tickets = "/api/halls/shilong/tickets";

    [Theory]
    [InlineData("/api/halls/nowhere/tickets", """{"service":"civil"}""", "unknown-hall")]
    [InlineData(Tickets, """{"service":"nothing"}""", "unknown-service")]
    [InlineData(Tickets, """{"service":"civil","appointment":"none"}""", "unknown-appointment")]
    [InlineData("/api/applications", """{"item":"nothing","applicant":{"name":"李雷","idNumber":"440000"}}""", "unknown-item")]
    [InlineData("/api/tickets/none/cancel", "", "unknown-ticket")]
    [InlineData("/api/tickets/0123456789012345678901/cancel", "", "unknown-ticket")]
    [InlineData("/api/nothing", "", "unknown-route")]
    public Task WhatDoesNotExistIsUnknownToThePublic(string path, string body, string code) => UnchangedAsync(async () =>
        (await town.Public.PostRawAsync(path, body)).ExpectProblem(404, code));

    [Theory]
    [InlineData("clerk1", "/api/halls/nowhere/counters/c1/open", "unknown-hall")]
    [InlineData("clerk1", "/api/halls/shilong/counters/c9/open", "unknown-counter")]
    [InlineData("head.market", "/api/applications/A0/accept", "unknown-application")]
    [InlineData("head.market", "/api/tasks/A0.review/claim", "unknown-application")]
    [InlineData("head.market", "/api/tasks/rubbish/claim", "unknown-task")]
    public Task WhatDoesNotExistIsUnknownToStaff(string user, string path, string code) => UnchangedAsync(async () =>
        (await (await town.StaffAsync(user)).PostAsync(path)).ExpectProblem(404, code));

    [Fact]
    public Task AnUnknownTicketCannotBeCalled() => UnchangedAsync(
        async () => (await (await town.DeskAsync(1)).CallAsync(new string('x', 22))).ExpectProblem(404, "unknown-ticket"),
        async () => await town.DeskAsync(1));

    [Fact]
    public Task UnknownFieldsAreAllNamed() => UnchangedAsync(async () =>
    {
        var answer = (await town.Public.PostRawAsync(
            "/api/applications",
            """{"item":"shop-licence","applicant":{"name":"李雷","idNumber":"440000","age":3},"colour":"red","a/b~c":1}""")).ExpectProblem(400, "unknown-field");
        Assert.Equal(["/applicant/age unknown-field", "/a~1b~0c unknown-field", "/colour unknown-field"], answer.Faults.Order(StringComparer.Ordinal));
    });

    [Fact]
    public Task EveryFaultIsToldAtOnce() => UnchangedAsync(async () =>
    {
        var answer = (await town.Public.PostRawAsync(
            "/api/applications",
            """{"item":5,"applicant":{"name":"","idNumber":"!","phone":true},"materials":["a",1,null],"channel":"pigeon","x":0}""")).ExpectProblem(400, "validation");
        Assert.Superset(
            new HashSet<string>
            {
                "/item wrong-type", "/applicant/name required", "/applicant/idNumber out-of-range", "/applicant/phone wrong-type",
                "/materials/1 wrong-type", "/channel not-one-of", "/x unknown-field",
            },
            answer.Faults.ToHashSet());
    });

    [Fact]
    public Task NullIsNoValueOfAList() => UnchangedAsync(async () =>
        (await town.Public.PostRawAsync(
            "/api/applications",
            """{"item":"shop-licence","applicant":{"name":"李雷","idNumber":"440000"},"materials":[null]}""")).ExpectProblem(400, "validation"));

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"service\":}")]
    [InlineData("{\"service\":\"civil\"}{}")]
    [InlineData("{'service':'civil'}")]
    [InlineData("not json at all")]
    [InlineData("\u0000")]
    public Task ABodyThatIsNoJsonObjectIsRefused(string body) => UnchangedAsync(async () =>
        (await town.Public.PostRawAsync(Tickets, body)).ExpectProblem(400, "validation"));

    // Half of a surrogate pair is valid JSON by its grammar but no text.
    [Theory]
    [InlineData("""{"service":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"service":"civil","language":"\udfff"}""")]
    [InlineData("""{"service":"civil","segment":"\udc00"}""")]
    public Task HalfACharacterIsNoText(string body) => UnchangedAsync(async () =>
        (await town.Public.PostRawAsync(Tickets, body)).ExpectProblem(400, "validation"));

    [Fact]
    public Task BytesThatAreNoUtf8AreRefused() => UnchangedAsync(async () =>
        (await town.Public.PostBytesAsync(Tickets, [.. "{\"service\":\""u8, 0xFF, 0xC0, 0x80, .. "\"}"u8])).ExpectProblem(400, "validation"));

    [Fact]
    public Task DeepNestingIsRefused() => UnchangedAsync(async () =>
    {
        (await town.Public.PostRawAsync(Tickets, string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000))).ExpectProblem(400, "validation");
        (await town.Public.PostRawAsync(
            "/api/applications",
            $$$"""{"item":"shop-licence","applicant":{"name":"李雷","idNumber":"440000"},"form":{{{new string('[', 100_000)}}}}""")).ExpectProblem(400, "validation");
    });

    [Fact]
    public Task MoreThanAMegabyteIsTooLarge() => UnchangedAsync(async () =>
    {
        var large = Encoding.UTF8.GetBytes($$"""{"service":"{{new string('x', 1 << 20)}}"}""");
        (await town.Public.PostBytesAsync(Tickets, large)).ExpectProblem(413, "too-large");
    });

    [Theory]
    [InlineData((1 << 20) + 100)]
    [InlineData(3 << 20)]
    public Task MoreThanAMegabyteInPiecesIsTooLarge(int size) => UnchangedAsync(async () =>
    {
        using var body = new PushedContent(size);
        (await town.Public.PostContentAsync(Tickets, body)).ExpectProblem(413, "too-large");
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_001)]
    [InlineData(2_147_483_648L)]
    public async Task AProcedureHasALength(long days)
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        var head = await town.StaffAsync("head.market");
        (await head.PostAsync($"/api/applications/{number}/accept")).Expect(200);
        (await head.PostAsync($"/api/applications/{number}/suspend", new { procedure = "hearing", days })).ExpectProblem(400, "validation");
    }

    [Fact]
    public async Task TextsHaveALength()
    {
        var number = (await town.ApplyAsync("shop-licence")).Text("acceptanceNumber");
        var head = await town.StaffAsync("head.market");
        var answer = (await head.PostAsync($"/api/applications/{number}/refuse", new { basis = new string('b', 501), reason = new string('r', 5_001) })).ExpectProblem(400, "validation");
        Assert.Equal(["/basis out-of-range", "/reason out-of-range"], answer.Faults.Order());
    }

    [Theory]
    [InlineData("👩‍👩‍👧‍👦 𠮷野家")]
    [InlineData("nul\u0000inside")]
    [InlineData("line\r\nbreak\t\u001b[31m\u202e")]
    [InlineData("'; DROP TABLE events; --")]
    public async Task AnyTextIsKeptAsItIs(string text)
    {
        var number = (await town.ApplyAsync("shop-licence", text)).Text("acceptanceNumber");
        var head = await town.StaffAsync("head.market");
        (await head.PostAsync($"/api/applications/{number}/refuse", new { basis = text, reason = text })).Expect(200);

        var refused = (await head.GetAsync($"/api/applications/{number}/timeline")).Expect(200).Items[^1];

        Assert.Equal(text, refused["data"]!["reason"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/tickets/%00%00")]
    [InlineData("/api/tickets/%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80")]
    [InlineData("/api/tickets/%FF%FE")]
    [InlineData("/api/tickets/..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/applications/%ED%A0%80")]
    [InlineData("/api/halls/%E2%80%AE/board")]
    [InlineData("/api/halls/shilong%2Fcounters/board")]
    [InlineData("/api/regions/%00")]
    [InlineData("/api/applications/%C3%28")]
    public async Task AnAddressOfRubbishIsTheCallersFault(string path) =>
        Assert.InRange((await town.Public.GetAsync(path)).Status, 400, 499);

    [Fact]
    public async Task AnAddressWithoutEndIsTheCallersFault() =>
        Assert.InRange((await town.Public.GetAsync("/api/applications/" + new string('9', 6_000))).Status, 400, 499);

    [Fact]
    public async Task AnotherMethodIsNotAllowed() =>
        (await town.Public.GetAsync(Tickets)).ExpectProblem(405, "method-not-allowed");

    private Task UnchangedAsync(Func<Task> act) => UnchangedAsync(act, () => Task.CompletedTask);

    private async Task UnchangedAsync(Func<Task> act, Func<Task> arrange)
    {
        await arrange();
        var before = await EverythingAsync();
        await act();
        Assert.Equal(before, await EverythingAsync());
    }

    /// <summary>The boards as they stand, less what passes with time.</summary>
    private async Task<string> EverythingAsync()
    {
        var hall = (await town.Public.GetAsync("/api/halls/shilong/board")).Expect(200).Json;
        foreach (var list in hall["waiting"]!.AsArray()) list!.AsObject().Remove("longestSeconds");
        var tasks = await (await town.StaffAsync("officer")).GetAsync("/api/tasks?limit=500");
        return hall.ToJsonString() + tasks.Expect(200).Body;
    }

    /// <summary>Bytes whose number is not told beforehand.</summary>
    private sealed class PushedContent : HttpContent
    {
        private readonly int size;

        public PushedContent(int size)
        {
            this.size = size;
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            var piece = new byte[64 * 1024];
            Array.Fill(piece, (byte)' ');
            for (var sent = 0; sent < size; sent += piece.Length)
                await stream.WriteAsync(piece.AsMemory(0, Math.Min(piece.Length, size - sent)));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
