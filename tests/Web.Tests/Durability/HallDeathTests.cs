using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Durability;

/// <summary>The serving process is killed in the middle of the hall's busy minute: no ticket is lost, called twice or renumbered.</summary>
public sealed class HallDeathTests(ITestOutputHelper output)
{
    private const int Deaths = 4;
    private const int CommandsALife = 300;

    [Fact]
    public async Task NoTicketIsLostCalledTwiceOrRenumberedWhenTheHallIsKilledInABusyMinute()
    {
        var folder = Directory.CreateTempSubdirectory("onestop-hall-death-").FullName;
        try
        {
            var port = ServerProcess.FreePort();
            var ledger = new Ledger();
            var server = await ServerProcess.StartAsync(folder, port);
            try
            {
                using var visitor = new ApiClient(server.Address);
                var desks = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => OpenAsync(server.Address, number)));
                for (var death = 1; death <= Deaths; death++)
                {
                    var known = ledger.Acknowledged.Count;
                    await new BusyMinute(visitor, desks, ledger).RunAsync(CommandsALife, server.KillAsync);
                    var life = ledger.Acknowledged.Skip(known).ToArray();
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Life {death}: {life.Length} acknowledged."));
                    Assert.NotEmpty(life);
                    await server.DisposeAsync();
                    server = await ServerProcess.StartAsync(folder, port);
                    foreach (var (sent, answer) in life.TakeLast(40)) Assert.Equal(answer.Body, (await sent.AgainAsync()).Expect(answer.Status).Body);
                    // Whom the kill left at a counter is still there, and only there.
                    foreach (var desk in desks) await ServeWhoIsThereAsync(desk);
                }

                await AssertNumbersAsync(visitor, ledger);
                await AssertBoardAsync(visitor, folder);
            }
            finally
            {
                await server.DisposeAsync();
            }

            AssertRecord(folder);
            var (exitCode, said) = await HostedServer.RunAsync("verify", "--data", folder);
            Assert.True(exitCode == 0, said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Desk> OpenAsync(Uri address, int number)
    {
        var clerk = new ApiClient(address);
        await clerk.SignInAsync("clerk" + number.ToString(CultureInfo.InvariantCulture));
        var desk = new Desk(clerk, number);
        await desk.OpenAsync();
        return desk;
    }

    private static async Task ServeWhoIsThereAsync(Desk desk)
    {
        var there = (await desk.ViewAsync()).Expect(200).Json;
        if (there["active"] is not null) (await desk.FinishAsync()).Expect(200);
        foreach (var held in there["held"]!.AsArray())
        {
            (await desk.DoAsync("resume", new { ticket = held!["id"]!.GetValue<string>() })).Expect(200);
            (await desk.FinishAsync()).Expect(200);
        }
    }

    private static Task AssertNumbersAsync(ApiClient visitor, Ledger ledger)
    {
        var taken = ledger.Acknowledged.Where(one => one.Sent.Path.EndsWith("/tickets", StringComparison.Ordinal) || one.Sent.Path.EndsWith("/redirect", StringComparison.Ordinal))
            .ToDictionary(one => one.Answer.Text("id"), one => one.Answer.Text("number"));
        return Parallel.ForEachAsync(taken, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (one, _) =>
            Assert.Equal(one.Value, (await visitor.GetAsync("/api/tickets/" + one.Key)).Expect(200).Text("number")));
    }

    private static async Task AssertBoardAsync(ApiClient visitor, string folder)
    {
        var board = (await visitor.GetAsync("/api/halls/shilong/board")).Expect(200).Json;
        using var record = Open(folder);
        Assert.Equal(Number(record, "SELECT count(*) FROM tickets WHERE state = 'waiting'"), board["waiting"]!.AsArray().Sum(w => w!["count"]!.GetValue<int>()));
        Assert.Empty(board["called"]!.AsArray());
    }

    /// <summary>What the streams and rows say, also of what nobody was told.</summary>
    private static void AssertRecord(string folder)
    {
        using var record = Open(folder);
        Assert.Equal(0, Number(record, "SELECT count(*) FROM tickets WHERE state IN ('called', 'serving', 'held')"));
        // Each service's numbers run from 1 without a gap: none is given twice, none is lost.
        Assert.Equal(0, Number(record, "SELECT count(*) FROM (SELECT 1 FROM tickets GROUP BY day, substr(number, 1, 1) HAVING count(DISTINCT number) <> count(*) OR max(CAST(substr(number, 2) AS INTEGER)) <> count(*))"));
        var (queued, called, assigned) = (new Dictionary<string, int>(), new Dictionary<string, int>(), new Dictionary<string, int>());
        using var command = new SqliteCommand("SELECT type, data FROM events WHERE stream LIKE 'queue/%' OR stream LIKE 'counter/%'", record);
        using var events = command.ExecuteReader();
        while (events.Read())
        {
            var counted = events.GetString(0) switch
            {
                "ticket.issued.v1" or "ticket.transferred-in.v1" => queued,
                "ticket.called.v1" => called,
                "counter.ticket-assigned.v1" => assigned,
                _ => null,
            };
            if (counted is null) continue;
            var data = JsonDocument.Parse((byte[])events[1]).RootElement;
            var id = data.TryGetProperty("ticket", out var ticket) ? ticket.GetProperty("id").GetString()! : data.GetProperty("ticketId").GetString()!;
            counted[id] = counted.GetValueOrDefault(id) + 1;
        }

        Assert.NotEmpty(called);
        Assert.All(called, one => Assert.True(one.Value <= queued[one.Key], $"{one.Key} was called {one.Value} times and came into a queue {queued[one.Key]} times."));
        Assert.Equal(called.OrderBy(one => one.Key, StringComparer.Ordinal), assigned.OrderBy(one => one.Key, StringComparer.Ordinal));
        Assert.Equal(Number(record, "SELECT count(*) FROM tickets"), queued.Count);
    }

    private static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, "onestop.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static long Number(SqliteConnection record, string query)
    {
#pragma warning disable CA2100 // The queries stand above.
        using var command = new SqliteCommand(query, record);
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
