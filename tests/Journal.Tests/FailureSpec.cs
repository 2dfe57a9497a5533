using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class FailureOnSqlite() : FailureSpec(new SqliteTestStore());

public sealed class FailureOnPostgres(PostgresFixture server) : FailureSpec(new PostgresTestStore(server, throughProxy: true));

/// <summary>A store that fails, fails everybody who waits, and is used again once it works.</summary>
public abstract class FailureSpec(TestStore store) : JournalSpec(store)
{
    [Fact]
    public async Task AFailingStoreFailsAllWhoWait()
    {
        var small = await OpenAsync(Options with { MaxBatch = 3 });
        await using var failure = await Store.FailAsync();

        Scheduler.Hold();
        var appends = Enumerable.Range(0, 7).Select(i => small.AppendAsync(Append($"case/x{i}", 0, "x"), Cancel).AsTask()).ToArray();
        var erasure = small.EraseAsync("wang", Cancel).AsTask();
        Scheduler.Release();

        foreach (var append in appends)
            Assert.True((await Assert.ThrowsAsync<StoreUnavailableException>(() => append)).RetryAfter > TimeSpan.Zero);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => erasure);
    }

    [Fact]
    public async Task TheWriterRecoversByItself()
    {
        await CommitAsync(Append("case/1", 0, "a"));
        await using (await Store.FailAsync())
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Journal.AppendAsync(Append("case/1", 1, "lost"), Cancel));
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Journal.AppendAsync(Append("case/1", 1, "lost"), Cancel));
        }

        await CommitAsync(Append("case/1", 1, "b"));

        Assert.Equal(["a", "b"], await TextsAsync("case/1"));
        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task AFailureNobodyNoticedDoesNotFailTheNextAppend()
    {
        await CommitAsync(Append("case/1", 0, "a"));
        Assert.Equal(["a"], await TextsAsync("case/1"));
        await (await Store.FailAsync()).DisposeAsync();

        await CommitAsync(Append("case/1", 1, "b"));
        Assert.Equal(["a", "b"], await TextsAsync("case/1"));
    }

    [Fact]
    public async Task AFailureNobodyNoticedDoesNotFailTheNextRead()
    {
        await CommitAsync(Append("case/1", 0, "a"));
        Assert.Equal(["a"], await TextsAsync("case/1"));
        await (await Store.FailAsync()).DisposeAsync();

        Assert.Equal(["a"], await TextsAsync("case/1"));
    }
}
