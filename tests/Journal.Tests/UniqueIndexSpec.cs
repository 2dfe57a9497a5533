using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class UniqueIndexOnSqlite() : UniqueIndexSpec(new SqliteTestStore());

public sealed class UniqueIndexOnPostgres(PostgresFixture server) : UniqueIndexSpec(new PostgresTestStore(server));

/// <summary>A unique index stands behind the rules: one active ticket at a counter.</summary>
public abstract class UniqueIndexSpec(TestStore store) : JournalSpec(store)
{
    [Fact]
    public async Task ASecondActiveTicketAtACounterIsRefusedByTheIndexsName()
    {
        await CommitAsync(Rows(Ticket("t1", "7", active: true)));

        var result = await Journal.AppendAsync(Append("queue/1", 0, "called") with { Rows = [Ticket("t2", "7", active: true)] }, Cancel);

        Assert.Equal((AppendOutcome.NotUnique, "tickets_one_active"), (result.Outcome, result.Cause));
        Assert.Empty(await TextsAsync("queue/1"));
    }

    [Fact]
    public async Task RowsOutsideTheIndexsConditionAreFree() =>
        await CommitAsync(Rows(Ticket("t1", "7", active: true), Ticket("t2", "7"), Ticket("t3", "7"), Ticket("t4", "8", active: true)));

    [Fact]
    public async Task OnlyTheOffendersOfABatchAreRefused()
    {
        await CommitAsync(Rows(Ticket("t0", "0", active: true)));
        // Every third wants counter 0, all others a counter of their own.
        var requests = Enumerable.Range(1, 20).Select(i =>
            Append($"queue/{i}", 0, "called") with { Rows = [Ticket($"t{i}", i % 3 == 0 ? "0" : $"{i}", active: true)] }).ToArray();

        var results = await AppendTogetherAsync(requests);

        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(i % 3 == 0 ? AppendOutcome.NotUnique : AppendOutcome.Committed, results[i - 1].Outcome);
            Assert.Equal(i % 3 == 0 ? [] : ["called"], await TextsAsync($"queue/{i}"));
        }

        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task OfTwoThatWantTheSameCounterAtOnceTheFirstGetsIt()
    {
        var results = await AppendTogetherAsync(Rows(Ticket("t1", "7", active: true)), Rows(Ticket("t2", "7", active: true)));

        Assert.Equal([AppendOutcome.Committed, AppendOutcome.NotUnique], results.Select(result => result.Outcome));
    }

    [Fact]
    public async Task ACounterGivenUpAndTakenInOneBatchChangesHands()
    {
        await CommitAsync(Rows(Ticket("t1", "7", active: true)));

        var results = await AppendTogetherAsync(
            Rows(Ticket("t1", "7", active: false)), Rows(Ticket("t2", "7", active: true)), Rows(RowChange.Remove(Tickets, "t2"), Ticket("t3", "7", active: true)));

        Assert.All(results, result => Assert.Equal(AppendOutcome.Committed, result.Outcome));
        Assert.Equal("t3", (await TicketsAsync()).Single(row => row.Flag("active")).Text("id"));
    }

    [Fact]
    public async Task ACounterTakenBeforeItIsGivenUpIsRefused()
    {
        await CommitAsync(Rows(Ticket("t1", "7", active: true)));

        var results = await AppendTogetherAsync(Rows(Ticket("t2", "7", active: true)), Rows(RowChange.Remove(Tickets, "t1")));

        Assert.Equal([AppendOutcome.NotUnique, AppendOutcome.Committed], results.Select(result => result.Outcome));
    }

    [Fact]
    public async Task WhatComesLaterInABatchDoesNotExcuseWhatWasTakenBefore()
    {
        await CommitAsync(Rows(Ticket("t2", "7", active: true)));

        var results = await AppendTogetherAsync(Rows(Ticket("t1", "7", active: true)), Rows(Ticket("t1", "8", active: true)));

        Assert.Equal([AppendOutcome.NotUnique, AppendOutcome.Committed], results.Select(result => result.Outcome));
    }
}
