using System.Text;
using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class SnapshotOnSqlite() : SnapshotSpec(new SqliteTestStore());

public sealed class SnapshotOnPostgres(PostgresFixture server) : SnapshotSpec(new PostgresTestStore(server));

/// <summary>Snapshots shorten a read; upcasters make old events readable.</summary>
public abstract class SnapshotSpec(TestStore store) : JournalSpec(store)
{
    [Fact]
    public async Task AReadBeginsAtTheSnapshot()
    {
        await CommitAsync(Append(To("case/1", 0, "a", "b") with { Snapshot = Utf8("ab") }));
        await CommitAsync(Append("case/1", 2, "c"));

        var content = await Journal.ReadAsync("case/1", cancellationToken: Cancel);
        var whole = await Journal.ReadAsync("case/1", withSnapshot: false, Cancel);

        Assert.Equal((3, 2), (content.Head, content.SnapshotSeq));
        Assert.Equal(Utf8("ab"), content.Snapshot);
        Assert.Equal([3], content.Events.Select(stored => stored.Seq));
        Assert.Equal((3, 0, null), (whole.Head, whole.SnapshotSeq, whole.Snapshot));
        Assert.Equal(3, whole.Events.Length);
    }

    [Fact]
    public async Task ASnapshotCanBeTakenLaterAndIsReplacedByANewerOne()
    {
        await CommitAsync(Append("case/1", 0, "a", "b"));
        await CommitAsync(Append(new StreamAppend("case/1", 2, []) { Snapshot = Utf8("ab") }));
        await AppendTogetherAsync(Append(To("case/1", 2, "c") with { Snapshot = Utf8("abc") }), Append("case/1", 3, "d"));

        var content = await Journal.ReadAsync("case/1", cancellationToken: Cancel);

        Assert.Equal((4, 3), (content.Head, content.SnapshotSeq));
        Assert.Equal(Utf8("abc"), content.Snapshot);
        Assert.Equal([4], content.Events.Select(stored => stored.Seq));
        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task EventsOfOldTypesAreReadAsTodaysStepByStep()
    {
        await CommitAsync(Append(new StreamAppend("case/1", 0, [Event("a", type: "note.v1"), Event("b", type: "note.v2"), Event("c", type: "other.v1")])));
        var today = await OpenAsync(Options with
        {
            Upcasters =
            [
                new Upcaster("note.v1", "note.v2", data => [.. data, (byte)'2']),
                new Upcaster("note.v2", "note.v3", data => [.. data, (byte)'3']),
            ],
        });

        var content = await today.ReadAsync("case/1", cancellationToken: Cancel);

        Assert.Equal(
            [("note.v3", "a23"), ("note.v3", "b3"), ("other.v1", "c")],
            content.Events.Select(stored => (stored.Type, Encoding.UTF8.GetString(stored.Data))));
        Assert.Empty((await today.VerifyAsync(cancellationToken: Cancel)).Faults);
    }
}
