using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class AppendOnSqlite() : AppendSpec(new SqliteTestStore());

public sealed class AppendInMemory() : AppendSpec(new MemoryTestStore());

public sealed class AppendOnPostgres(PostgresFixture server) : AppendSpec(new PostgresTestStore(server));

/// <summary>Appending to streams and reading them back.</summary>
public abstract class AppendSpec(TestStore store) : JournalSpec(store)
{
    [Fact]
    public async Task EventsAreReadBackInOrderAsTheyWereAppended()
    {
        await CommitAsync(Append(new StreamAppend("case/1", 0, [Event("a", at: 5, type: "x.v1", actor: "public"), new NewEvent("y.v2", 6, "系统", [])])));
        await CommitAsync(Append("case/1", 2, "c"));

        var content = await Journal.ReadAsync("case/1", cancellationToken: Cancel);

        Assert.Equal(3, content.Head);
        Assert.Equal([1, 2, 3], content.Events.Select(stored => stored.Seq));
        Assert.Equivalent(new StoredEvent(1, 5, "public", "x.v1", Utf8("a")), content.Events[0]);
        Assert.Equivalent(new StoredEvent(2, 6, "系统", "y.v2", []), content.Events[1]);
    }

    [Fact]
    public async Task AStreamThatDoesNotExistIsEmpty()
    {
        var content = await Journal.ReadAsync("case/none", cancellationToken: Cancel);

        Assert.Equal((0, 0), (content.Head, content.SnapshotSeq));
        Assert.Empty(content.Events);
    }

    [Fact]
    public async Task SeveralStreamsAreAppendedTogether()
    {
        await CommitAsync(Append(To("queue/1", 0, "called"), To("counter/1", 0, "assigned")));

        Assert.Equal(["called"], await TextsAsync("queue/1"));
        Assert.Equal(["assigned"], await TextsAsync("counter/1"));
    }

    [Fact]
    public async Task AStaleHeadIsRefusedAndNamed()
    {
        await CommitAsync(Append("case/1", 0, "a"));

        var result = await Journal.AppendAsync(Append(To("case/0", 0, "x"), To("case/1", 0, "b")), Cancel);

        Assert.Equal((AppendOutcome.StaleHead, "case/1"), (result.Outcome, result.Cause));
    }

    [Fact]
    public async Task AHeadThatHasNotBeenReachedIsRefused() =>
        Assert.Equal(AppendOutcome.StaleHead, (await Journal.AppendAsync(Append("case/1", 1, "b"), Cancel)).Outcome);

    [Fact]
    public async Task NothingOfARefusedAppendIsVisible()
    {
        await CommitAsync(Append("case/1", 0, "a"));
        var refused = Append(To("case/0", 0, "x") with { WakeUp = WakeUpChange.Set(1, 10) }, To("case/1", 0, "b")) with
        {
            Rows = [Ticket("t1")],
            Documents = [new Document("person", "form", [1])],
            Command = new CommandRecord("caller", "c1", [1], Time.Microseconds, [2]),
        };

        Assert.Equal(AppendOutcome.StaleHead, (await Journal.AppendAsync(refused, Cancel)).Outcome);

        Assert.Equal(0, (await Journal.ReadAsync("case/0", cancellationToken: Cancel)).Head);
        Assert.Empty(await TicketsAsync());
        Assert.Empty(await Journal.ReadWakeUpsAsync(1, long.MaxValue, 10, Cancel));
        Assert.Null(await Journal.ReadDocumentAsync("person", "form", Cancel));
        Assert.Null(await Journal.FindCommandAsync("caller", "c1", Cancel));
        Assert.Equal(["case/1"], await Journal.ListStreamsAsync("case/", null, 10, Cancel));
        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task AppendsToOneStreamThatWaitTogetherChainInTheOrderOfArrival()
    {
        var results = await AppendTogetherAsync(Append("case/1", 0, "a", "b"), Append(To("case/1", 2, "c"), To("case/2", 0, "x")), Append("case/2", 1, "y"));

        Assert.All(results, result => Assert.Equal(AppendOutcome.Committed, result.Outcome));
        Assert.Equal(["a", "b", "c"], await TextsAsync("case/1"));
        Assert.Equal(["x", "y"], await TextsAsync("case/2"));
        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task WhoeverCountsOnALoserLosesToo()
    {
        await CommitAsync(Append("case/1", 0, "a"));

        var results = await AppendTogetherAsync(Append(To("case/1", 0, "stale"), To("case/2", 0, "x")), Append("case/2", 1, "y"));

        Assert.All(results, result => Assert.Equal(AppendOutcome.StaleHead, result.Outcome));
        Assert.Empty(await TextsAsync("case/2"));
    }

    [Fact]
    public async Task OneLoserDoesNotFailTheOthersThatWaitWithIt()
    {
        await CommitAsync(Append("case/1", 0, "a"));

        var results = await AppendTogetherAsync(Append("case/2", 0, "b"), Append("case/1", 0, "stale"), Append("case/3", 0, "c"));

        Assert.Equal([AppendOutcome.Committed, AppendOutcome.StaleHead, AppendOutcome.Committed], results.Select(result => result.Outcome));
        Assert.Equal(["a"], await TextsAsync("case/1"));
        Assert.Equal(["c"], await TextsAsync("case/3"));
    }

    [Fact]
    public async Task MoreThanFitInOneBatchAreAllAppended()
    {
        var small = await OpenAsync(Options with { MaxBatch = 3 });

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => small.AppendAsync(Append($"case/{i}", 0, "a"), Cancel).AsTask()));

        Assert.All(results, result => Assert.Equal(AppendOutcome.Committed, result.Outcome));
        Assert.Equal(10, (await small.ListStreamsAsync("case/", null, 100, Cancel)).Length);
    }

    [Fact]
    public async Task AppendsSentWithoutWaitingForEachOtherStillChain()
    {
        var small = await OpenAsync(Options with { MaxBatch = 16 });

        var requests = Enumerable.Range(0, 300).Select(i =>
            Append(To("case/1", i, $"{i}"), To($"case/x{i % 50}", i / 50, "x")) with { Rows = [RowChange.Put(Notes, "last", 0, $"{i}")] });

        var results = await Task.WhenAll(requests.Select(request => small.AppendAsync(request, Cancel).AsTask()));

        Assert.All(results, result => Assert.Equal(AppendOutcome.Committed, result.Outcome));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), await TextsAsync("case/1", small));
        Assert.Equal("299", Assert.Single(await small.QueryAsync(new RowQuery(Notes), Cancel)).Text("order"));
        Assert.Empty((await small.VerifyAsync(cancellationToken: Cancel)).Faults);
    }

    [Fact]
    public async Task AnAppendWithdrawnBeforeTheWriterTakesItLeavesNoTrace()
    {
        using var withdrawal = new CancellationTokenSource();
        Scheduler.Hold();
        var withdrawn = Journal.AppendAsync(Append("case/1", 0, "a"), withdrawal.Token).AsTask();
        var other = Journal.AppendAsync(Append("case/2", 0, "b"), Cancel).AsTask();
        await withdrawal.CancelAsync();
        Scheduler.Release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => withdrawn);
        Assert.Equal(AppendOutcome.Committed, (await other).Outcome);
        Assert.Empty(await TextsAsync("case/1"));
    }

    [Fact]
    public async Task StreamsAreListedByPrefixInOrderAndInPages()
    {
        await CommitAsync(Append([.. new[] { "case/b", "case/a", "case", "case/a/1", "casf", "case/中" }.Select(name => To(name, 0, "x"))]));

        var first = await Journal.ListStreamsAsync("case/", null, 2, Cancel);
        var rest = await Journal.ListStreamsAsync("case/", first[^1], 10, Cancel);

        Assert.Equal(["case/a", "case/a/1"], first);
        Assert.Equal(["case/b", "case/中"], rest);
    }

    [Fact]
    public async Task AReadSeesWhatWasAcknowledgedBeforeIt()
    {
        for (var head = 0; head < 50; head++)
        {
            await CommitAsync(Append("case/1", head, "x"));
            Assert.Equal(head + 1, (await Journal.ReadAsync("case/1", cancellationToken: Cancel)).Head);
        }
    }

    [Fact]
    public async Task AClosedJournalAppendsNothing()
    {
        var other = await OpenAsync(Options);
        await CloseAsync(other);

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await other.AppendAsync(Append("case/1", 0, "a"), Cancel));
    }

    [Fact]
    public async Task WhatWaitsWhenAJournalIsClosedIsStillAppended()
    {
        Scheduler.Hold();
        var other = await OpenAsync(Options);
        var append = other.AppendAsync(Append("case/1", 0, "a"), Cancel).AsTask();
        var closed = CloseAsync(other);
        Scheduler.Release();

        await closed;
        Assert.Equal(AppendOutcome.Committed, (await append).Outcome);
    }
}
