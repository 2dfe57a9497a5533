using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class SchemaOnSqlite() : SchemaSpec(new SqliteTestStore());

public sealed class SchemaOnPostgres(PostgresFixture server) : SchemaSpec(new PostgresTestStore(server));

/// <summary>The schema is created and brought up to date at the start.</summary>
public abstract class SchemaSpec(TestStore store) : JournalSpec(store)
{
    private static readonly TableSchema Before = new("halls", [new Column("id", ColumnType.Text), new Column("name", ColumnType.Text)], 1);

    private static readonly TableSchema After = Before with
    {
        Columns =
        [
            .. Before.Columns, new Column("floor", ColumnType.Integer), new Column("open", ColumnType.Boolean), new Column("note", ColumnType.Text, Nullable: true),
            new Column("area", ColumnType.Real), new Column("street", ColumnType.Text),
        ],
        Indexes = [new TableIndex("halls_by_name", ["name"]) { Unique = true }],
    };

    [Fact]
    public async Task WhatWasWrittenIsThereWhenItIsOpenedAgain()
    {
        await CommitAsync(Append("case/1", 0, "a"));
        await CloseAsync(Journal);

        var again = await OpenAsync(Options);

        Assert.Equal(1, (await again.ReadAsync("case/1", cancellationToken: Cancel)).Head);
        Assert.Equal(AppendOutcome.Committed, (await again.AppendAsync(Append("case/1", 1, "b"), Cancel)).Outcome);
    }

    [Fact]
    public async Task NewColumnsAndIndexesAreAddedAndOldRowsHaveDefaults()
    {
        var before = await OpenAsync(Options with { Tables = [Before] });
        await before.AppendAsync(Rows(RowChange.Put(Before, "east", "East Hall")), Cancel);

        var after = await OpenAsync(Options with { Tables = [After] });

        Assert.Equal(["east", "East Hall", 0L, false, null, 0.0, ""], Assert.Single(await after.QueryAsync(new RowQuery(After), Cancel)).Values);
        var twin = await after.AppendAsync(Rows(RowChange.Put(After, "west", "East Hall", 1, true, "x", 2.5, "y")), Cancel);
        Assert.Equal((AppendOutcome.NotUnique, "halls_by_name"), (twin.Outcome, twin.Cause));
    }

    [Fact]
    public async Task AProgramOfTheVersionBeforeCanStillWrite()
    {
        var before = await OpenAsync(Options with { Tables = [Before] });
        var after = await OpenAsync(Options with { Tables = [After] });
        await after.AppendAsync(Rows(RowChange.Put(After, "east", "East Hall", 1, true, "x", 2.5, "y")), Cancel);

        await before.AppendAsync(Rows(RowChange.Put(Before, "east", "Renamed"), RowChange.Put(Before, "west", "West Hall")), Cancel);

        var rows = await after.QueryAsync(new RowQuery(After), Cancel);
        Assert.Equal(["east", "Renamed", 1L, true, "x", 2.5, "y"], rows[0].Values);
        Assert.Equal(["west", "West Hall", 0L, false, null, 0.0, ""], rows[1].Values);
    }

    [Fact]
    public async Task AColumnThatChangesItsTypeIsRefused()
    {
        await OpenAsync(Options with { Tables = [Before] });
        var changed = new TableSchema("halls", [new Column("id", ColumnType.Text), new Column("name", ColumnType.Integer)], 1);

        var refusal = await Assert.ThrowsAsync<JournalSchemaException>(async () => await OpenAsync(Options with { Tables = [changed] }));

        Assert.Contains("halls.name", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseOfANewerProgramIsRefused()
    {
        await Store.ExecuteAsync("INSERT INTO schema_version (version, at) VALUES (99, 0)");

        var refusal = await Assert.ThrowsAsync<JournalSchemaException>(async () => await OpenAsync(Options));

        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
    }
}

public sealed class FirstOpeningOnSqlite() : FirstOpeningSpec(new SqliteTestStore());

public sealed class FirstOpeningOnPostgres(PostgresFixture server) : FirstOpeningSpec(new PostgresTestStore(server));

/// <summary>A database that nobody has opened yet.</summary>
public abstract class FirstOpeningSpec(TestStore store) : IAsyncLifetime
{
    public ValueTask InitializeAsync() => store.CreateAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return store.DisposeAsync();
    }

    [Fact]
    public async Task SeveralThatOpenItAtTheSameTimeAllWorkWithOneSchemaAndOneKey()
    {
        var halls = new TableSchema("halls", [new Column("id", ColumnType.Text)], 1);
        var options = new JournalOptions { MasterKey = new byte[32], Time = new ManualTime(), Tables = [halls] };

        var journals = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await store.OpenAsync(options))));

        for (var i = 0; i < journals.Length; i++)
        {
            var request = new AppendRequest
            {
                Streams = [new StreamAppend("case/1", i, [new NewEvent("x", 1, "a", [])])],
                Documents = [new Document("wang", $"{i}", [(byte)i])],
            };
            Assert.Equal(AppendOutcome.Committed, (await journals[i].AppendAsync(request, TestContext.Current.CancellationToken)).Outcome);
        }

        for (var i = 0; i < journals.Length; i++)
            Assert.Equal(new[] { (byte)i }, await journals[^1].ReadDocumentAsync("wang", $"{i}", TestContext.Current.CancellationToken));
        foreach (var journal in journals)
            await journal.DisposeAsync();
    }
}
