using System.Text.Json.Nodes;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.KnownFailures;

/// <summary>
/// What is known to go wrong with other queue systems, one test each, against the served town. The rest of the list:
/// <see cref="KnownDisplayFailuresTests"/> has what a display can do wrong, and <c>KnownFailures</c> of Grains.Tests what
/// takes days. <c>dotnet test --filter FullyQualifiedName~KnownFailures</c> runs all of it.
/// </summary>
public sealed class KnownHallFailuresTests(MortalTown town) : IClassFixture<MortalTown>
{
    private static readonly string[] All = ["civil", "social", "market", "tax", "permits", "enquiry"];

    [Fact]
    public async Task TheSameCustomerIsNotCalledByTwoCounters()
    {
        var (seven, eight, six) = (await town.DeskAsync(7), await town.DeskAsync(8), await town.DeskAsync(6));
        var taken = new HashSet<string>();
        for (var i = 0; i < 30; i++) taken.Add(await town.TakeTicketAsync(i % 2 == 0 ? "civil" : "social"));

        var called = (await Task.WhenAll(new[] { seven, eight, six }.Select(EmptyAsync))).SelectMany(ids => ids).ToArray();

        Assert.Distinct(called);
        Assert.Superset(taken, called.ToHashSet());
    }

    [Fact]
    public async Task AClerkHasNoTwoActiveTickets()
    {
        // Clerk 7 runs from one counter to the other, which nobody else has.
        (await (await town.DeskAsync(3)).DoAsync("close")).Expect(200);
        var clerk = await town.StaffAsync("clerk7");
        var (seven, three) = (await town.DeskAsync(7), new Desk(clerk, 3));
        await three.OpenAsync();
        var (first, second) = (await town.TakeTicketAsync("market"), await town.TakeTicketAsync("market"));

        var answers = await Task.WhenAll(seven.CallAsync(first), three.CallAsync(second));

        Assert.Single(answers, a => a.Status == 200);
        answers.Single(a => a.Status != 200).ExpectProblem(409, "counter-busy");
        var left = answers[0].Status == 200 ? second : first;
        Assert.Equal("waiting", (await town.Public.GetAsync("/api/tickets/" + left)).Text("state"));
        foreach (var desk in new[] { seven, three }) await desk.FinishAsync();
        (await three.DoAsync("close")).Expect(200);
    }

    [Fact]
    public async Task NoNumberIsGivenTwiceUnderLoad()
    {
        var tickets = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => town.Public.PostAsync("/api/halls/shilong/tickets", new { service = All[i % All.Length] })));

        Assert.Distinct(tickets.Select(ticket => ticket.Expect(201).Text("number")));
        Assert.Distinct(tickets.Select(ticket => ticket.Text("id")));
    }

    [Fact]
    public async Task NobodyIsCalledNewestFirstEvenAfterARestart()
    {
        var desk = await town.DeskAsync(5);
        await EmptyAsync(desk);
        var taken = new List<string>();
        for (var i = 0; i < 6; i++) taken.Add(await town.TakeTicketAsync("permits"));

        var called = new List<string> { await NextAsync(desk), await NextAsync(desk), await NextAsync(desk) };
        await town.KillAsync();
        await town.RestartAsync();
        called.AddRange([await NextAsync(desk), await NextAsync(desk), await NextAsync(desk)]);

        Assert.Equal(taken, called);
    }

    [Fact]
    public async Task AWaitingTicketIsNotLostWhenASessionEnds()
    {
        using var clerk = new ApiClient(town.Address);
        await clerk.SignInAsync("clerk4");
        var desk = new Desk(clerk, 4);
        await desk.OpenAsync();
        await EmptyAsync(desk);
        var (active, waiting) = (await town.TakeTicketAsync("tax"), await town.TakeTicketAsync("tax"));
        (await desk.CallAsync(active)).Expect(200);

        (await clerk.DeleteAsync("/api/session")).Expect(204);
        (await desk.FinishAsync()).ExpectProblem(401, "not-signed-in");
        clerk.Antiforgery = null;
        await clerk.SignInAsync("clerk4");

        Assert.Equal(active, (await desk.ViewAsync()).Expect(200).Json["active"]!["id"]!.GetValue<string>());
        (await desk.FinishAsync()).Expect(200);
        Assert.Equal(waiting, await NextAsync(desk));
    }

    [Fact]
    public async Task AWaitingTicketIsNotLostWhenTheConfigurationChanges()
    {
        var admin = await town.StaffAsync("admin");
        var desk = await town.DeskAsync(3);
        await EmptyAsync(desk);
        var (first, second) = (await town.TakeTicketAsync("market"), await town.TakeTicketAsync("market"));
        var number = (await town.Public.GetAsync("/api/tickets/" + second)).Text("number");

        (await DefineAsync(admin, hall => Remove(hall, "market"))).ExpectProblem(409, "in-use");
        (await DefineAsync(admin, hall => hall["services"]!.AsArray().Single(s => Id(s) == "market")!["expectedService"] = "00:09:00")).Expect(200);
        await town.KillAsync();
        await town.RestartAsync();

        Assert.Equal(first, await NextAsync(desk));
        Assert.Equal(second, await NextAsync(desk));
        Assert.Equal((number, "finished"), await StateAsync(second));
    }

    [Fact]
    public async Task AnErrorOfTheStoreIsNotAnsweredAsAnEmptyQueue()
    {
        var (postgres, whyNot) = await OneStop.Tests.PostgresServer.TryStartAsync();
        Assert.SkipWhen(postgres is null || !postgres.CanRestart, $"There is no PostgreSQL that this test may stop: {whyNot}");
        await using var stop = postgres;
        var folder = Directory.CreateTempSubdirectory("onestop-failing-").FullName;
        try
        {
            await using var server = await HostedServer.StartAsync(folder, ServerProcess.FreePort(), "--postgres", await postgres.CreateSchemaAsync());
            using var visitor = new ApiClient(server.Address);
            using var clerk = new ApiClient(server.Address);
            await clerk.SignInAsync("clerk1");
            var desk = new Desk(clerk, 1);
            await desk.OpenAsync();
            var id = (await visitor.PostAsync("/api/halls/shilong/tickets", new { service = "civil" })).Expect(201).Text("id");

            await postgres.StopAsync();
            (await desk.DoAsync("call-next")).ExpectProblem(503, "store-unavailable");
            (await visitor.GetAsync("/api/tickets/" + id)).ExpectProblem(503, "store-unavailable");
            (await visitor.PostAsync("/api/halls/shilong/tickets", new { service = "civil" })).ExpectProblem(503, "store-unavailable");
            await postgres.StartAsync();

            var called = await Until.Holds("the call of who waits", () => desk.DoAsync("call-next"), answer => answer.Status != 503);
            Assert.Equal(id, called.Expect(200).Json["ticket"]!["id"]!.GetValue<string>());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Calls and serves until nobody waits for the counter; gives who was called.</summary>
    private static async Task<List<string>> EmptyAsync(Desk desk)
    {
        var called = new List<string>();
        for (var answer = await desk.DoAsync("call-next"); answer.Status != 204; answer = await desk.DoAsync("call-next"))
        {
            called.Add(answer.Expect(200).Json["ticket"]!["id"]!.GetValue<string>());
            (await desk.FinishAsync()).Expect(200);
        }

        return called;
    }

    private static async Task<string> NextAsync(Desk desk)
    {
        var id = (await desk.DoAsync("call-next")).Expect(200).Json["ticket"]!["id"]!.GetValue<string>();
        (await desk.FinishAsync()).Expect(200);
        return id;
    }

    private static async Task<Answer> DefineAsync(ApiClient admin, Action<JsonNode> change)
    {
        var files = (await admin.GetAsync("/api/catalogue")).Expect(200).Json["files"]!.AsObject();
        var hall = JsonNode.Parse(files["halls/shilong.json"]!.GetValue<string>())!;
        change(hall);
        files["halls/shilong.json"] = hall.ToJsonString();
        return await admin.PostAsync("/api/catalogue", new { files = files.DeepClone() });
    }

    private static void Remove(JsonNode hall, string service)
    {
        Drop(hall["services"]!.AsArray(), Id, service);
        foreach (var counter in hall["counters"]!.AsArray()) Drop(counter!["services"]!.AsArray(), s => s!.GetValue<string>(), service);
        Drop(hall["counters"]!.AsArray(), c => c!["services"]!.AsArray().Count.ToString(System.Globalization.CultureInfo.InvariantCulture), "0");
    }

    private static void Drop(JsonArray list, Func<JsonNode?, string> key, string value)
    {
        foreach (var one in list.Where(node => key(node) == value).ToArray()) list.Remove(one);
    }

    private static string Id(JsonNode? node) => node!["id"]!.GetValue<string>();

    private async Task<(string Number, string State)> StateAsync(string id)
    {
        var ticket = (await town.Public.GetAsync("/api/tickets/" + id)).Expect(200);
        return (ticket.Text("number"), ticket.Text("state"));
    }
}
