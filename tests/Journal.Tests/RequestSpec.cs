using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

/// <summary>Requests that no store could keep are refused before they reach one.</summary>
public sealed class RequestSpec() : JournalSpec(new MemoryTestStore())
{
    public static TheoryData<string, AppendRequest> Malformed => new()
    {
        { "no name", Append("", 0, "a") },
        { "a long name", Append(new string('x', 201), 0, "a") },
        { "U+0000", Append("case/\0", 0, "a") },
        { "half a surrogate pair", Append("case/\ud83d", 0, "a") },
        { "a stream twice", Append(To("case/1", 0, "a"), To("case/1", 1, "b")) },
        { "a negative head", Append("case/1", -1, "a") },
        { "no type", Append(new StreamAppend("case/1", 0, [Event("a", type: "")])) },
        { "no actor", Append(new StreamAppend("case/1", 0, [Event("a", actor: "")])) },
        { "no data", Append(new StreamAppend("case/1", 0, [new NewEvent("x", 1, "a", null!)])) },
        { "a list never set", new AppendRequest { Streams = default } },
        { "too few values", Rows(RowChange.Put(Notes, "a", 1L)) },
        { "a key too long", Rows(RowChange.Remove(Notes, "a", 1L, "x")) },
        { "text for a number", Rows(RowChange.Put(Notes, "a", "1", null)) },
        { "nothing where something must be", Rows(RowChange.Put(Notes, null, 1L, null)) },
        { "not a number", Rows(Ticket("t", waited: double.NaN)) },
        { "an unknown table", Rows(RowChange.Put(new TableSchema("others", [new Column("a", ColumnType.Text)], 1), "a")) },
        { "another table of that name", Rows(RowChange.Put(new TableSchema("notes", [new Column("a", ColumnType.Text)], 1), "a")) },
        { "a document of nobody", new AppendRequest { Streams = [], Documents = [new Document("", "form", [1])] } },
        { "a command of nobody", new AppendRequest { Streams = [], Command = new CommandRecord("", "1", [1], 1, [1]) } },
    };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task AMalformedRequestIsRefused(string what, AppendRequest request)
    {
        Assert.NotEmpty(what);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Journal.AppendAsync(request, Cancel));
    }

    public static TheoryData<string, TableSchema> Impossible => new()
    {
        { "a reserved name", new TableSchema("events", [new Column("a", ColumnType.Text)], 1) },
        { "a name that is SQL", new TableSchema("a\"; drop table events; --", [new Column("a", ColumnType.Text)], 1) },
        { "a column that is SQL", new TableSchema("t", [new Column("a\" text", ColumnType.Text)], 1) },
        { "no key", new TableSchema("t", [new Column("a", ColumnType.Text)], 0) },
        { "a key that may be absent", new TableSchema("t", [new Column("a", ColumnType.Text, Nullable: true)], 1) },
        { "a column twice", new TableSchema("t", [new Column("a", ColumnType.Text), new Column("a", ColumnType.Text)], 1) },
        { "an index of nothing", new TableSchema("t", [new Column("a", ColumnType.Text)], 1) { Indexes = [new TableIndex("i", ["b"])] } },
        { "an index limited by text", new TableSchema("t", [new Column("a", ColumnType.Text)], 1) { Indexes = [new TableIndex("i", ["a"]) { Where = "a" }] } },
    };

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public async Task AnImpossibleTableIsRefused(string what, TableSchema table)
    {
        Assert.NotEmpty(what);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await OpenAsync(Options with { Tables = [table] }));
    }

    [Fact]
    public async Task AMasterKeyOfAnotherLengthIsRefused() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await OpenAsync(Options with { MasterKey = new byte[16] }));

    [Fact]
    public async Task UpcastersThatLeadInACircleAreRefused() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(async () =>
            await OpenAsync(Options with { Upcasters = [new Upcaster("a", "b", data => data), new Upcaster("b", "a", data => data)] }));
}
