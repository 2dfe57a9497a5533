using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class RowOnSqlite() : RowSpec(new SqliteTestStore());

public sealed class RowInMemory() : RowSpec(new MemoryTestStore());

public sealed class RowOnPostgres(PostgresFixture server) : RowSpec(new PostgresTestStore(server));

/// <summary>Read-model rows: written with the events, asked for by value.</summary>
public abstract class RowSpec(TestStore store) : JournalSpec(store)
{
    [Fact]
    public async Task ARowIsReadBackWithEveryKindOfValue()
    {
        await CommitAsync(Rows(Ticket("t1", "7", active: true, calledAt: long.MaxValue, waited: 1.5), Ticket("t2")));

        var rows = await TicketsAsync();

        Assert.Equal(["t1", "east", "7", "waiting", long.MaxValue, true, 1.5], rows[0].Values);
        Assert.Equal(["t2", "east", null, "waiting", null, false, null], rows[1].Values);
        Assert.True(rows[0].Flag("active"));
        Assert.Null(rows[1].IntegerOrNull("called_at"));
    }

    [Fact]
    public async Task ARowWithTheSameKeyIsReplacedAndOneCanBeRemoved()
    {
        await CommitAsync(Rows(Ticket("t1"), Ticket("t2")));
        await CommitAsync(Rows(Ticket("t1", state: "called"), RowChange.Remove(Tickets, "t2")));

        Assert.Equal(["called"], (await TicketsAsync()).Select(row => row.Text("state")));
    }

    [Fact]
    public async Task TheLastChangeOfARowWins()
    {
        await AppendTogetherAsync(
            Rows(RowChange.Put(Notes, "a", 1, "first"), RowChange.Put(Notes, "b", 1, "stays"), RowChange.Put(Notes, "c", 1, "goes")),
            Rows(RowChange.Put(Notes, "a", 1, "second"), RowChange.Remove(Notes, "c", 1), RowChange.Remove(Notes, "d", 1)),
            Rows(RowChange.Put(Notes, "d", 1, "comes"), RowChange.Put(Tickets, "t", "east", null, "x", null, false, null)),
            Rows(Ticket("t", state: "y"), Ticket("t", state: "z")));

        var notes = await Journal.QueryAsync(new RowQuery(Notes), Cancel);
        Assert.Equal([("a", "second"), ("b", "stays"), ("d", "comes")], notes.Select(row => (row.Text("owner"), row.TextOrNull("order"))));
        Assert.Equal(["z"], (await TicketsAsync()).Select(row => row.Text("state")));
    }

    [Fact]
    public async Task WhatLooksLikeSqlIsJustText()
    {
        const string nasty = "'; DROP TABLE tickets; --\"$1 ?1 @p";
        await CommitAsync(Rows(Ticket(nasty, state: nasty)));

        var found = await Journal.QueryAsync(new RowQuery(Tickets) { Where = [new RowFilter("state", RowOperator.Equal, nasty)] }, Cancel);

        Assert.Equal(nasty, Assert.Single(found).Text("id"));
    }

    [Fact]
    public async Task ColumnsThatAreNotOfTheTableAreRefused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () =>
            await Journal.QueryAsync(new RowQuery(Tickets) { Where = [new RowFilter("state\" = '' OR \"state", RowOperator.Equal, "x")] }, Cancel));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Journal.QueryAsync(new RowQuery(Tickets) { OrderBy = [new RowOrder("1; --")] }, Cancel));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Journal.CountAsync(new RowQuery(Tickets), ["nothing"], Cancel));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () =>
            await Journal.QueryAsync(new RowQuery(Tickets) { Where = [new RowFilter("called_at", RowOperator.Less, "x")] }, Cancel));
    }

    public static TheoryData<string, RowOperator, object?, string> Conditions => new()
    {
        { "called_at", RowOperator.Equal, 20, "b" },
        { "called_at", RowOperator.NotEqual, 20L, "acd" },
        { "called_at", RowOperator.Less, 20L, "a" },
        { "called_at", RowOperator.LessOrEqual, 20L, "ab" },
        { "called_at", RowOperator.Greater, 10L, "bc" },
        { "called_at", RowOperator.GreaterOrEqual, 20L, "bc" },
        { "called_at", RowOperator.Equal, null, "d" },
        { "called_at", RowOperator.NotEqual, null, "abc" },
        { "active", RowOperator.Equal, true, "ac" },
        { "active", RowOperator.Equal, false, "bd" },
        { "active", RowOperator.NotEqual, true, "bd" },
        { "id", RowOperator.Greater, "b", "cd" },
        { "waited", RowOperator.Greater, 1, "c" },
    };

    [Theory]
    [MemberData(nameof(Conditions), DisableDiscoveryEnumeration = true)]
    public async Task RowsAreFoundByCondition(string column, RowOperator comparison, object? value, string expected)
    {
        await GivenFourAsync();

        var found = await Journal.QueryAsync(new RowQuery(Tickets) { Where = [new RowFilter(column, comparison, value)] }, Cancel);

        Assert.Equal(expected, string.Concat(found.Select(row => row.Text("id"))));
    }

    [Fact]
    public async Task AllConditionsMustHold()
    {
        await GivenFourAsync();

        var found = await Journal.QueryAsync(
            new RowQuery(Tickets) { Where = [new RowFilter("active", RowOperator.Equal, true), new RowFilter("called_at", RowOperator.Greater, 10)] }, Cancel);

        Assert.Equal("c", Assert.Single(found).Text("id"));
    }

    [Theory]
    [InlineData("called_at", false, "abcd")]
    [InlineData("called_at", true, "dcba")]
    [InlineData("active", false, "bdac")]
    [InlineData("active", true, "acbd")]
    public async Task RowsComeInOrderAndAbsentValuesAreTheGreatest(string column, bool descending, string expected)
    {
        await GivenFourAsync();

        var found = await Journal.QueryAsync(new RowQuery(Tickets) { OrderBy = [new RowOrder(column, descending)] }, Cancel);

        Assert.Equal(expected, string.Concat(found.Select(row => row.Text("id"))));
    }

    [Fact]
    public async Task NoMoreRowsComeThanWereAskedFor()
    {
        await GivenFourAsync();

        Assert.Equal(2, (await Journal.QueryAsync(new RowQuery(Tickets) { Limit = 2 }, Cancel)).Length);
    }

    [Fact]
    public async Task RowsAreCountedByTheirValues()
    {
        await GivenFourAsync();

        var byActivity = await Journal.CountAsync(new RowQuery(Tickets), ["hall", "active"], Cancel);
        var all = await Journal.CountAsync(new RowQuery(Tickets) { Where = [new RowFilter("called_at", RowOperator.NotEqual, null)] }, [], Cancel);

        Assert.Equal(
            [("east", false, 1), ("east", true, 2), ("west", false, 1)],
            byActivity.Select(count => ((string)count.Group[0]!, (bool)count.Group[1]!, count.Count)));
        Assert.Equal(3, Assert.Single(all).Count);
    }

    private Task GivenFourAsync() => CommitAsync(Rows(
        Ticket("a", "1", active: true, calledAt: 10, waited: 0.5),
        Ticket("b", "1", calledAt: 20, waited: 1),
        Ticket("c", "2", active: true, calledAt: 30, waited: 2.5),
        Ticket("d", hall: "west")));
}
