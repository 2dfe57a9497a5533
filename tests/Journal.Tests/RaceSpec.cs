using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class RaceOnSqlite() : RaceSpec(new SqliteTestStore());

public sealed class RaceOnPostgres(PostgresFixture server) : RaceSpec(new PostgresTestStore(server));

/// <summary>Several processes on one store, each with its own journal.</summary>
public abstract class RaceSpec(TestStore store) : JournalSpec(store)
{
    private const int Writers = 8;
    private const int AppendsEach = 25;

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
