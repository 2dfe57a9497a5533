using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Contract;

/// <summary>The same key with the same body gives the first answer again, whatever happened in between.</summary>
public sealed class IdempotencyTests(TownFixture town) : IClassFixture<TownFixture>
{
    [Fact]
    public async Task ATicketIsTakenOnce()
    {
        var key = Key();
        var body = new { service = "permits", segment = "green" };
        var first = await town.Public.PostAsync("/api/halls/shilong/tickets", body, key);

        var again = await town.Public.PostAsync("/api/halls/shilong/tickets", body, key);

        AssertSame(first.Expect(201), again);
        Assert.Equal(first.Json["ahead"]!.GetValue<int>() + 1, await AheadOfTheNextAsync("permits", "green"));
    }

    [Fact]
    public async Task AnApplicationIsReceivedOnce()
    {
        var key = Key();
        var first = await town.Public.PostAsync("/api/applications", TownFixture.Application("shop-licence"), key);
        var again = await town.Public.PostAsync("/api/applications", TownFixture.Application("shop-licence"), key);
        AssertSame(first.Expect(201), again);
    }

    [Fact]
    public async Task AnotherBodyUnderTheSameKeyIsAConflict()
    {
        var key = Key();
        (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "permits" }, key)).Expect(201);
        var ahead = await AheadOfTheNextAsync("tax", "ordinary");

        (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "tax" }, key)).ExpectProblem(409, "idempotency-conflict");
        (await town.Public.PostAsync("/api/applications", TownFixture.Application("shop-licence"), key)).ExpectProblem(409, "idempotency-conflict");

        Assert.Equal(ahead + 1, await AheadOfTheNextAsync("tax", "ordinary"));
    }

    [Fact]
    public async Task NobodyWaitingStaysNobodyWaitingUnderTheSameKey()
    {
        var desk = await town.DeskAsync(2);
        while ((await desk.DoAsync("call-next")).Status == 200) (await desk.FinishAsync()).Expect(200);
        var key = Key();
        (await desk.DoAsync("call-next", key: key)).Expect(204);
        var id = await town.TakeTicketAsync("social");

        var again = await desk.DoAsync("call-next", key: key);

        Assert.Equal((204, ""), (again.Status, again.Body));
        Assert.Equal("waiting", (await town.Public.GetAsync("/api/tickets/" + id)).Text("state"));
    }

    [Fact]
    public async Task ACallIsAnsweredAgainAlsoWhenTheTicketIsLongFinished()
    {
        var desk = await town.DeskAsync(3);
        await town.TakeTicketAsync("market");
        var (next, named) = (Key(), Key());
        var first = (await desk.DoAsync("call-next", key: next)).Expect(200);
        AssertSame(first, await desk.DoAsync("call-next", key: next));
        (await desk.FinishAsync()).Expect(200);
        var id = await town.TakeTicketAsync("market");
        var call = (await desk.CallAsync(id, named)).Expect(200);
        (await desk.FinishAsync()).Expect(200);
        await town.TakeTicketAsync("market");

        AssertSame(first, await desk.DoAsync("call-next", key: next));
        AssertSame(call, await desk.CallAsync(id, named));

        Assert.Null((await desk.ViewAsync()).Json["active"]);
    }

    [Fact]
    public async Task EveryCommandOfATicketIsAnsweredAgain()
    {
        var desk = await town.DeskAsync(7);
        var id = await town.TakeTicketAsync("enquiry");
        (await desk.CallAsync(id)).Expect(200);
        (string Action, object? Body)[] course =
        [
            ("recall", null), ("start", null), ("hold", null), ("resume", new { ticket = id }), ("transfer", new { service = "civil" }),
            ("call", new { ticket = id }), ("redirect", new { service = "tax" }), ("pause", new { reason = "meal" }), ("open", null), ("close", null),
        ];

        foreach (var (action, body) in course)
        {
            var key = Key();
            var first = (await desk.DoAsync(action, body, key)).Expect(200);
            AssertSame(first, await desk.DoAsync(action, body, key));
        }
    }

    [Fact]
    public async Task EveryCommandOfACaseIsAnsweredAgain()
    {
        var number = (await town.ApplyAsync("road-occupation")).Text("acceptanceNumber");
        var head = await town.StaffAsync("head.construction");
        (string Path, object? Body)[] course =
        [
            ($"/api/applications/{number}/correct", new { missing = new[] { "图纸" } }),
            ($"/api/applications/{number}/supplement", new { materials = new[] { "图纸" } }),
            ($"/api/applications/{number}/accept", null),
            ($"/api/applications/{number}/extend", new { reason = "情况复杂" }),
            ($"/api/applications/{number}/suspend", new { procedure = "testing", days = 2 }),
            ($"/api/applications/{number}/resume", null),
            ($"/api/tasks/{number}.survey/claim", null),
            ($"/api/tasks/{number}.survey/complete", new { outcome = "approved", opinion = "同意" }),
            ($"/api/applications/{number}/fee/demand", new { quantity = 2 }),
            ($"/api/applications/{number}/fee/pay", new { amountInFen = 6_000, means = "cash" }),
            ($"/api/applications/{number}/decide", new { outcome = "granted" }),
            ($"/api/applications/{number}/deliver", null),
        ];
        var answered = new List<(string Path, object? Body, string Key, Answer First)>();

        foreach (var (path, body) in course)
        {
            var key = Key();
            answered.Add((path, body, key, (await head.PostAsync(path, body, key)).Expect(200)));
            AssertSame(answered[^1].First, await head.PostAsync(path, body, key));
        }

        foreach (var (path, body, key, first) in answered) AssertSame(first, await head.PostAsync(path, body, key));
    }

    [Fact]
    public async Task ARefusedCommandMayBeTriedAgainUnderItsKey()
    {
        var desk = await town.DeskAsync(5);
        var key = Key();
        (await desk.FinishAsync(key)).ExpectProblem(409, "wrong-state");
        (await desk.CallAsync(await town.TakeTicketAsync("permits"))).Expect(200);

        Assert.Equal("finished", (await desk.FinishAsync(key)).Expect(200).Text("state"));
    }

    [Fact]
    public async Task AKeyHasALength() =>
        (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "permits" }, new string('k', 201))).ExpectProblem(400, "validation");

    [Fact]
    public async Task TwoClerksMayChooseTheSameKey()
    {
        var key = Key();
        (await (await town.DeskAsync(4)).DoAsync("pause", new { reason = "meal" }, key)).Expect(200);
        var other = await town.DeskAsync(6);
        Assert.Equal("c6", (await other.DoAsync("pause", new { reason = "meal" }, key)).Expect(200).Text("id"));
    }

    [Fact]
    public async Task TheSameCommandSentTwiceAtOnceIsCarriedOutOnce()
    {
        var key = Key();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => town.Public.PostAsync("/api/halls/shilong/tickets", new { service = "civil" }, key)));
        Assert.All(answers, answer => AssertSame(answers[0].Expect(201), answer));
    }

    private static string Key() => Guid.NewGuid().ToString();

    private static void AssertSame(Answer first, Answer again)
    {
        Assert.True(first.Status == again.Status, $"{again.Asked}: first {first.Status}, then {again.Status} {again.Body}");
        Assert.Equal(first.Body, again.Body);
    }

    // Asked of the queue itself by taking one more ticket; the board is told a moment later.
    private async Task<int> AheadOfTheNextAsync(string service, string segment) =>
        (await town.Public.PostAsync("/api/halls/shilong/tickets", new { service, segment })).Expect(201).Json["ahead"]!.GetValue<int>();
}
