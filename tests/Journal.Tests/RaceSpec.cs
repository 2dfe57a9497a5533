using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class RaceOnSqlite() : RaceSpec(new SqliteTestStore());

public sealed class RaceOnPostgres(PostgresFixture server) : RaceSpec(new PostgresTestStore(server))
{
    // Only a superuser may be patient; without it the server nearly always gives up the one that has waited longer.
    private const string Patience =
        "DO $$ BEGIN PERFORM set_config('deadlock_timeout', '60s', false); EXCEPTION WHEN insufficient_privilege THEN END $$";

    // In a table with a unique index the order of rows is the caller's, so that two may wait for each other's.
    [Fact]
    public async Task ADeadlockThatTheDatabaseBreaksIsDoneAgain()
    {
        await CommitAsync(Rows(Ticket("t1"), Ticket("t2")));
        await using var other = await ((PostgresTestStore)Store).ConnectAsync();
        await RunAsync(other, Patience);
        await RunAsync(other, "BEGIN; UPDATE tickets SET hall = 'west' WHERE id = 't2'");
        var append = Journal.AppendAsync(Append("case/1", 0, "a") with { Rows = [Ticket("t1", state: "called"), Ticket("t2", state: "called")] }, Cancel).AsTask();
        await using var look = await ((PostgresTestStore)Store).ConnectAsync();
        while (!await RunAsync(look, $"SELECT 1 FROM pg_stat_activity WHERE {other.ProcessID} = ANY(pg_blocking_pids(pid))"))
            Assert.False(append.IsCompleted);

        // Now each waits for the other; the server gives up the one that looks first.
        await RunAsync(other, "UPDATE tickets SET hall = 'west' WHERE id = 't1'; COMMIT");

        Assert.Equal(AppendOutcome.Committed, (await append).Outcome);
        Assert.All(await TicketsAsync(), row => Assert.Equal(("east", "called"), (row.Text("hall"), row.Text("state"))));
    }

    private static async Task<bool> RunAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Statements stand above.
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        return await reader.ReadAsync(Cancel);
    }
}

/// <summary>Several processes on one store, each with its own journal.</summary>
public abstract class RaceSpec(TestStore store) : JournalSpec(store)
{
    private const int Writers = 8;
    private const int AppendsEach = 25;

    // As when a process has died and the others take its grains over: more reads at once than a server has connections.
    [Fact]
    public async Task AllWhoReadAtOnceGetTheirAnswer()
    {
        await CommitAsync(Append("case/1", 0, "a"));
        IJournal[] journals = [Journal, await OpenAsync(Options), await OpenAsync(Options), await OpenAsync(Options)];

        var reads = await Task.WhenAll(journals.SelectMany(journal =>
            Enumerable.Range(0, 100).Select(_ => Task.Run(() => journal.ReadAsync("case/1", cancellationToken: Cancel).AsTask()))));

        Assert.All(reads, content => Assert.Equal(1, content.Head));
    }

    [Fact]
    public async Task OfAllWhoAppendToOneHeadOneWins()
    {
        var other = await OpenAsync(Options with { Scheduler = null });

        for (var head = 0; head < 10; head++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer =>
                Task.Run(async () => await (writer % 2 == 0 ? Journal : other).AppendAsync(Append("case/1", head, $"{head}/{writer}"), Cancel))));

            Assert.Single(results, result => result.Outcome is AppendOutcome.Committed);
            Assert.Equal(Writers - 1, results.Count(result => result.Outcome is AppendOutcome.StaleHead));
        }

        Assert.Equal(10, (await Journal.ReadAsync("case/1", cancellationToken: Cancel)).Head);
        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task ACommandSentToTwoProcessesAtOnceIsCarriedOutOnce()
    {
        var other = await OpenAsync(Options with { Scheduler = null });

        for (var i = 0; i < 20; i++)
        {
            var command = new CommandRecord("caller", $"c{i}", [1], Time.Microseconds, Utf8("done"));
            // New streams: nothing but the command's id stands between the two.
            var results = await Task.WhenAll(
                Task.Run(async () => await Journal.AppendAsync(Append($"left/{i}", 0, "x") with { Command = command }, Cancel)),
                Task.Run(async () => await other.AppendAsync(Append($"right/{i}", 0, "x") with { Command = command }, Cancel)));

            Assert.Equal([AppendOutcome.Committed, AppendOutcome.Repeated], results.Select(result => result.Outcome).Order());
        }
    }

    [Fact]
    public async Task StreamsInOppositeOrdersNeitherDeadlockNorLoseAnything()
    {
        var other = await OpenAsync(Options with { Scheduler = null });
        string[] streams = ["case/a", "case/b", "case/c", "case/d"];

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer % 2 == 0 ? Journal : other, streams, writer))));

        var texts = new List<string>();
        foreach (var stream in streams)
            texts.AddRange(await TextsAsync(stream));
        Assert.Equal(Writers * AppendsEach * 2, texts.Count);
        Assert.Equal(Writers * AppendsEach, texts.Distinct().Count());
        await AssertChainsHoldAsync();
    }

    // Two streams at a time, in an order of its own, and rows of others' in yet another; a stale head is read again.
    private static async Task WriteAsync(IJournal journal, string[] streams, int writer)
    {
        var heads = new Dictionary<string, long>();
        for (var n = 0; n < AppendsEach;)
        {
            var first = streams[(writer + n) % streams.Length];
            var second = streams[(writer + n + 1 + (writer % 3)) % streams.Length];
            foreach (var stream in new[] { first, second })
                if (!heads.ContainsKey(stream))
                    heads[stream] = (await journal.ReadAsync(stream, cancellationToken: Cancel)).Head;
            var request = Append(To(first, heads[first], $"{writer}-{n}"), To(second, heads[second], $"{writer}-{n}")) with
            {
                Rows = [RowChange.Put(Notes, second, 0, "x"), RowChange.Put(Notes, first, 0, "y")],
            };

            var result = await journal.AppendAsync(request, Cancel);
            if (result.Outcome is AppendOutcome.Committed)
            {
                heads[first]++;
                heads[second]++;
                n++;
            }
            else
            {
                Assert.Equal(AppendOutcome.StaleHead, result.Outcome);
                heads.Clear();
            }
        }
    }
}
