using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class WakeUpOnSqlite() : WakeUpSpec(new SqliteTestStore());

public sealed class WakeUpOnPostgres(PostgresFixture server) : WakeUpSpec(new PostgresTestStore(server));

/// <summary>Each stream's next wake-up.</summary>
public abstract class WakeUpSpec(TestStore store) : JournalSpec(store)
{
    [Fact]
    public async Task WakeUpsOfAShardComeEarliestFirstUpToAnInstant()
    {
        await CommitAsync(Append(Waking("case/1", 3, 30), Waking("case/2", 3, 10), Waking("case/3", 3, 20), Waking("case/4", 4, 5)));

        Assert.Equal([new WakeUp("case/2", 10), new WakeUp("case/3", 20)], await Journal.ReadWakeUpsAsync(3, 20, 10, Cancel));
        Assert.Equal([new WakeUp("case/2", 10)], await Journal.ReadWakeUpsAsync(3, 100, 1, Cancel));
    }

    [Fact]
    public async Task AStreamHasOneNextWakeUpThatIsKeptReplacedOrCleared()
    {
        await CommitAsync(Append(Waking("case/1", 3, 30), Waking("case/2", 3, 30), Waking("case/3", 3, 30)));
        await CommitAsync(Append(Waking("case/1", 5, 40, head: 1), To("case/2", 1, "b") with { WakeUp = WakeUpChange.Clear }, To("case/3", 1, "b")));

        Assert.Equal([new WakeUp("case/3", 30)], await Journal.ReadWakeUpsAsync(3, 100, 10, Cancel));
        Assert.Equal([new WakeUp("case/1", 40)], await Journal.ReadWakeUpsAsync(5, 100, 10, Cancel));
    }

    [Fact]
    public async Task AWakeUpCanChangeWithoutAnEvent()
    {
        await CommitAsync(Append(Waking("case/1", 3, 30)));
        await CommitAsync(Append(new StreamAppend("case/1", 1, []) { WakeUp = WakeUpChange.Set(3, 50) }));

        Assert.Equal([new WakeUp("case/1", 50)], await Journal.ReadWakeUpsAsync(3, 100, 10, Cancel));
        Assert.Equal(1, (await Journal.ReadAsync("case/1", cancellationToken: Cancel)).Head);
    }

    [Fact]
    public async Task TheLastWakeUpSetInABatchCounts()
    {
        await AppendTogetherAsync(
            Append(Waking("case/1", 3, 30)), Append(Waking("case/1", 3, 40, head: 1)), Append(To("case/1", 2, "c")),
            Append(Waking("case/2", 3, 30)), Append(To("case/2", 1, "b") with { WakeUp = WakeUpChange.Clear }));

        Assert.Equal([new WakeUp("case/1", 40)], await Journal.ReadWakeUpsAsync(3, 100, 10, Cancel));
    }

    private static StreamAppend Waking(string stream, int shard, long dueAt, long head = 0) =>
        To(stream, head, "x") with { WakeUp = WakeUpChange.Set(shard, dueAt) };
}
