using System.Collections.Concurrent;
using System.Text.Json;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Journal;

namespace OneStop.Grains.Tests.Halls;

public sealed class RushTests
{
    private const int Tickets = 1_000;
    private const int Counters = 64;

    [Fact]
    public async Task SixtyFourCountersCallAThousandTicketsEachOnce()
    {
        using var file = new TownFile();
        await using var town = await TestTown.StartAsync(file.Database);
        string[] services = ["civil", "social", "market"];
        var taken = await Task.WhenAll(Enumerable.Range(0, Tickets).Select(i => town.TakeAsync(services[i % services.Length])));
        await Task.WhenAll(Enumerable.Range(1, Counters).Select(i => town.OpenAsync(i)));
        var called = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(1, Counters).Select(i => ServeAsync(town.Counter(i), HallTown.Clerk(i), called)));

        Assert.Equal(Tickets, called.Count);
        Assert.Equal(taken.Select(t => t.Id).Order(), called.Order());
        var rows = await town.TicketRowsAsync();
        Assert.All(rows, row => Assert.Equal("finished", row.Text("state")));
        Assert.Equal(Tickets, rows.Select(row => row.Text("number")).Distinct().Count());
        await AssertRowsAgreeWithStreamsAsync(town);
        Assert.Empty((await town.Journal.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task TheBoardIsTheSameAfterANewStart()
    {
        using var file = new TownFile();
        HallBoard before;
        IReadOnlyDictionary<string, long> heads;
        await using (var town = await TestTown.StartAsync(file.Database))
        {
            for (var i = 0; i < 12; i++) await town.TakeAsync(i % 2 == 0 ? "civil" : "social");
            for (var i = 1; i <= 4; i++) await (await town.OpenAsync(i)).CallNext(Command.By(HallTown.Clerk(i)));
            await town.Counter(1).Hold(Command.By("clerk1"));
            await town.Counter(1).Pause(Command.By("clerk1"), "lunch");
            await town.Counter(2).Finish(Command.By("clerk2"), "done");
            before = await BoardAsync(town);
            heads = await town.HeadsAsync();
        }

        await using var after = await TestTown.StartAsync(file.Database);

        Assert.Equal(JsonSerializer.Serialize(before), JsonSerializer.Serialize(await BoardAsync(after)));
        Assert.Equal(heads, await after.HeadsAsync());
        Assert.Equal("A007", (await after.TakeAsync("civil")).Number);
    }

    [Fact]
    public async Task NumbersOfADayNeverRepeat()
    {
        using var file = new TownFile();
        var numbers = new List<string>();
        for (var start = 0; start < 3; start++)
        {
            await using var town = await TestTown.StartAsync(file.Database);
            var tickets = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => town.TakeAsync("civil")));
            numbers.AddRange(tickets.Select(ticket => ticket.Number));
            await town.Ticket(tickets[^1].Id).Cancel(Command.By("public"));
        }

        Assert.Equal(Enumerable.Range(1, 120).Select(i => $"A{i:D3}"), numbers.Order());
    }

    private static async Task ServeAsync(ICounterGrain counter, string clerk, ConcurrentBag<string> called)
    {
        while ((await counter.CallNext(Command.By(clerk))).Ticket is { } ticket)
        {
            called.Add(ticket.Id);
            await counter.Finish(Command.By(clerk), "done");
        }
    }

    private static async Task<HallBoard> BoardAsync(TestTown town)
    {
        await town.Hall().Reconcile();
        return JsonSerializer.Deserialize<HallBoard>((await town.Hall().Snapshot()).State, JsonSerializerOptions.Web)!;
    }

    private static async Task AssertRowsAgreeWithStreamsAsync(TestTown town)
    {
        var (issued, calls, ended) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var prefix in new[] { "queue/", "counter/" })
            foreach (var stream in await town.Journal.ListStreamsAsync(prefix, null, 1_000))
                foreach (var stored in (await town.Journal.ReadAsync(stream, withSnapshot: false)).Events)
                    (stored.Type switch
                    {
                        "ticket.issued.v1" => issued,
                        "counter.ticket-assigned.v1" => calls,
                        "counter.service-finished.v1" => ended,
                        _ => [],
                    }).Add(TicketOf(stored));
        var rows = (await town.TicketRowsAsync()).Select(row => row.Text("id")).Order().ToArray();
        Assert.Equal(rows, issued.Order());
        Assert.Equal(rows, calls.Order());
        Assert.Equal(rows, ended.Order());
    }

    private static string TicketOf(StoredEvent stored)
    {
        var data = JsonDocument.Parse(stored.Data).RootElement;
        return data.TryGetProperty("ticket", out var ticket) ? ticket.GetProperty("id").GetString()! : data.TryGetProperty("ticketId", out var id) ? id.GetString()! : "";
    }
}
