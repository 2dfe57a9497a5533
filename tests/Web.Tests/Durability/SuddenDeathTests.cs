using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Silo.Sample;
using OneStop.Web.Tests.Serving;

namespace OneStop.Web.Tests.Durability;

/// <summary>The serving process is killed in the middle of its work, ten times over: nothing that was acknowledged is lost, nothing happens twice.</summary>
public sealed class SuddenDeathTests(ITestOutputHelper output)
{
    private const int Deaths = 10;
    private const int CommandsALife = 350;
    private static readonly TimeSpan BriefLimit = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task WhatWasAcknowledgedSurvivesTenSuddenDeaths()
    {
        var folder = Directory.CreateTempSubdirectory("onestop-death-").FullName;
        var began = HallDay();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "town.json"), JsonSerializer.Serialize(Town(), JsonSerializerOptions.Web), TestContext.Current.CancellationToken);
            var data = Path.Combine(folder, "data");
            var port = ServerProcess.FreePort();
            var ledger = new Ledger();
            var fellDueWhileDown = new Dictionary<string, DateTimeOffset>();
            var server = await StartAsync();
            try
            {
                using var visitor = new ApiClient(server.Address);
                using var head = await SignedInAsync(server.Address, "head.market");
                using var officer = await SignedInAsync(server.Address, "officer");
                var clerks = new List<ApiClient>();
                for (var i = 1; i <= 8; i++)
                {
                    clerks.Add(await SignedInAsync(server.Address, $"clerk{i}"));
                    (await clerks[^1].PostAsync($"/api/halls/{TownFixture.Hall}/counters/c{i}/open")).Expect(200);
                }

                for (var death = 1; death <= Deaths; death++)
                {
                    var known = ledger.Acknowledged.Count;
                    var watch = Stopwatch.StartNew();
                    var killedAt = DateTimeOffset.MaxValue;
                    var burst = new Burst(visitor, clerks, head, ledger);
                    await burst.RunAsync(() => burst.Sent >= CommandsALife && DueAfter(ledger.Acknowledged.Skip(known), DateTimeOffset.UtcNow).Length > 0, async () =>
                    {
                        await server.KillAsync();
                        killedAt = DateTimeOffset.UtcNow;
                    });
                    var life = ledger.Acknowledged.Skip(known).ToArray();
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Life {death}: {burst.Sent} sent, {life.Length} acknowledged in {watch.Elapsed.TotalSeconds:0.0} s."));
                    Assert.NotEmpty(life);
                    var due = DueAfter(life, killedAt);
                    Assert.NotEmpty(due);
                    foreach (var (number, at) in due) fellDueWhileDown.Add(number, at);
                    await Until.Passed(due.Max(brief => brief.DueAt));

                    await server.DisposeAsync();
                    server = await StartAsync();

                    // First of all, before any request has touched one of these cases.
                    await AssertCardsAsync(officer, due);
                    await AssertAnsweredAgainAsync(life);
                }

                await AssertAnsweredAgainAsync(ledger.Acknowledged.Where((_, i) => i % 10 == 0));
                await AssertTicketsAsync(visitor, ledger, dayEnded: HallDay() != began);
                await AssertCasesAsync(head, ledger);
                foreach (var clerk in clerks) clerk.Dispose();
            }
            finally
            {
                await server.DisposeAsync();
            }

            AssertRows(data, ledger, fellDueWhileDown);
            var (exitCode, said) = await ServerProcess.RunAsync("verify", "--data", data);
            output.WriteLine(said);
            Assert.Equal(0, exitCode);

            Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(data, port, "--town", Path.Combine(folder, "town.json"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The sample town with an item whose limit is over within seconds: working days would make the test wait too long.</summary>
    private static TownDefinition Town()
    {
        var sample = SampleTown.Read();
        return sample with
        {
            Items = sample.Items.Add(new ItemDefinition
            {
                Code = Burst.BriefItem,
                Name = new LocalizedText("限时一秒的事项", "An item of a second"),
                Department = "market",
                Kind = ItemKind.Commitment,
                StatutoryLimit = new CalendarTime(BriefLimit),
            }),
        };
    }

    private static async Task<ApiClient> SignedInAsync(Uri address, string user)
    {
        var client = new ApiClient(address);
        await client.SignInAsync(user);
        return client;
    }

    /// <summary>The brief cases accepted in this life whose deadline came after its end.</summary>
    private static (string Number, DateTimeOffset DueAt)[] DueAfter(IEnumerable<(Sent Sent, Answer Answer)> life, DateTimeOffset killedAt) =>
    [
        .. life.Where(one => one.Sent.Path.EndsWith("/accept", StringComparison.Ordinal) && one.Answer.Text("item") == Burst.BriefItem)
            .Select(one => (one.Answer.Text("acceptanceNumber"), one.Answer.Json["dueAt"]!.GetValue<DateTimeOffset>()))
            .Where(one => one.Item2 > killedAt),
    ];

    private static Task AssertAnsweredAgainAsync(IEnumerable<(Sent Sent, Answer Answer)> acknowledged) => Parallel.ForEachAsync(
        acknowledged,
        new ParallelOptions { MaxDegreeOfParallelism = 16 },
        async (one, _) =>
        {
            var again = await one.Sent.AgainAsync();
            Assert.True(
                again.Status == one.Answer.Status && again.Body == one.Answer.Body,
                $"{one.Sent.Path}: first {one.Answer.Status} {one.Answer.Body}\nafter the restart {again.Status} {again.Body}");
        });

    private static async Task AssertCardsAsync(ApiClient officer, (string Number, DateTimeOffset DueAt)[] due)
    {
        var wanted = due.Select(one => one.Number).ToHashSet();
        var cards = await Until.Holds(
            "a red card for each case that fell due while nobody served",
            () => RedCardsAsync(officer),
            all => all.Select(card => card.Application).ToHashSet().IsSupersetOf(wanted));
        foreach (var (number, dueAt) in due)
        {
            var card = Assert.Single(cards, card => card.Application == number);
            // Issued as of the deadline, however late it was noticed.
            Assert.Equal(dueAt, card.IssuedAt, TimeSpan.FromMilliseconds(1));
        }
    }

    private static async Task<List<(string Application, DateTimeOffset IssuedAt)>> RedCardsAsync(ApiClient officer)
    {
        var cards = new List<(string, DateTimeOffset)>();
        string? after = null;
        do
        {
            var page = (await officer.GetAsync("/api/supervision/cards?level=red&limit=500" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)))).Expect(200);
            cards.AddRange(page.Items.Select(card => (card["application"]!.GetValue<string>(), card["issuedAt"]!.GetValue<DateTimeOffset>())));
            after = page.Json["next"]?.GetValue<string>();
        }
        while (after is not null);
        return cards;
    }

    /// <summary>Of the acknowledged calls no two are of one ticket, and what was finished is finished.</summary>
    private static async Task AssertTicketsAsync(ApiClient visitor, Ledger ledger, bool dayEnded)
    {
        // At the end of the hall's day whoever was called has not come.
        string[] afterCall = dayEnded ? ["called", "finished", "noShow"] : ["called", "finished"];
        var taken = Of(ledger, "/tickets").Select(answer => answer.Text("id")).ToArray();
        var called = Of(ledger, "/call-next").Where(answer => answer.Status == 200).Select(answer => answer.Json["ticket"]!["id"]!.GetValue<string>()).ToArray();
        var finished = Of(ledger, "/finish").Select(answer => answer.Text("id")).ToArray();
        Assert.Distinct(taken);
        Assert.Distinct(called);
        Assert.Distinct(finished);
        var done = finished.ToHashSet();
        await Parallel.ForEachAsync(taken.Concat(called).Distinct(), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (id, _) =>
        {
            var ticket = (await visitor.GetAsync("/api/tickets/" + id)).Expect(200);
            if (done.Contains(id)) Assert.Equal("finished", ticket.Text("state"));
            else if (called.Contains(id)) Assert.Contains(ticket.Text("state"), afterCall);
        });
    }

    private static DateTime HallDay() => DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).Date;

    private static async Task AssertCasesAsync(ApiClient head, Ledger ledger)
    {
        var reviewed = Of(ledger, "/complete").Select(answer => answer.Text("acceptanceNumber")).ToHashSet();
        var accepted = Of(ledger, "/accept").Select(answer => answer.Text("acceptanceNumber")).ToHashSet();
        var received = Of(ledger, "/api/applications").Select(answer => answer.Text("acceptanceNumber")).ToArray();
        Assert.Distinct(received);
        await Parallel.ForEachAsync(received, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
        {
            var view = (await head.GetAsync("/api/applications/" + number)).Expect(200);
            if (accepted.Contains(number)) Assert.NotEqual("received", view.Text("state"));
            if (reviewed.Contains(number)) Assert.Equal("done", view.Json["steps"]![0]!["state"]!.GetValue<string>());
        });
    }

    private static IEnumerable<Answer> Of(Ledger ledger, string end) =>
        ledger.Acknowledged.Where(one => one.Sent.Path.EndsWith(end, StringComparison.Ordinal)).Select(one => one.Answer);

    /// <summary>The rows themselves: also of what nobody was told.</summary>
    private static void AssertRows(string data, Ledger ledger, Dictionary<string, DateTimeOffset> fellDue)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(data, "onestop.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ConnectionString);
        connection.Open();
        Assert.Equal(0, Number("SELECT count(*) FROM (SELECT 1 FROM cards GROUP BY application, rule_code, rule_version, level HAVING count(*) > 1)"));
        Assert.Equal(0, Number("SELECT count(*) FROM tickets WHERE calls > 1"));
        Assert.Equal(0, Number("SELECT count(*) FROM (SELECT 1 FROM tickets WHERE active GROUP BY counter HAVING count(*) > 1)"));
        Assert.True(Number("SELECT count(*) FROM tickets") >= Of(ledger, "/tickets").Count());
        Assert.True(Number("SELECT count(*) FROM cards WHERE level = 'red'") >= fellDue.Count);

        long Number(string query)
        {
#pragma warning disable CA2100 // The queries stand above.
            using var command = new SqliteCommand(query, connection);
#pragma warning restore CA2100
            return (long)command.ExecuteScalar()!;
        }
    }
}
