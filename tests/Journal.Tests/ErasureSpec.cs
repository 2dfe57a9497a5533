using System.Security.Cryptography;
using OneStop.Journal.Integrity;
using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class ErasureOnSqlite() : ErasureSpec(new SqliteTestStore())
{
    [Fact]
    public async Task NothingOfAnErasedDocumentAndNoKeyThatOpensItIsLeftInTheFile()
    {
        var store = (SqliteTestStore)Store;
        await CommitAsync(Documents(new Document("wang", "gone", new byte[9_000]), new Document("wang", "kept", new byte[9_000])));
        var sealedBytes = await store.ReadBytesAsync("SELECT ciphertext FROM documents WHERE id = 'gone'");
        var key = await store.ReadBytesAsync("SELECT wrapped_key FROM subject_keys WHERE subject = 'wang'");
        Assert.True(await Store.ContainsAsync(key));

        await CommitAsync(Erasing("wang", "gone"));

        Assert.False(await Store.ContainsAsync(key));
        Assert.False(await Store.ContainsAsync(sealedBytes[^500..]));
        Assert.Equal(new byte[9_000], await Journal.ReadDocumentAsync("wang", "kept", Cancel));
    }
}

public sealed class ErasureOnPostgres(PostgresFixture server) : ErasureSpec(new PostgresTestStore(server));

/// <summary>Some documents of a subject are destroyed in the append that says so; the others stay, under a new key.</summary>
public abstract class ErasureSpec(TestStore store) : JournalSpec(store)
{
    [Fact]
    public async Task WhatIsErasedIsGoneWhatStaysIsReadAndTheChainHolds()
    {
        await CommitAsync(Documents(new Document("wang", "one", [1]), new Document("wang", "two", [2]), new Document("li", "one", [3])));

        await CommitAsync(Erasing("wang", "one", "never-there") with { Streams = [To("case/1", 0, "erased")] });

        Assert.Null(await Journal.ReadDocumentAsync("wang", "one", Cancel));
        Assert.Equal(new byte[] { 2 }, await Journal.ReadDocumentAsync("wang", "two", Cancel));
        Assert.Equal(new byte[] { 3 }, await Journal.ReadDocumentAsync("li", "one", Cancel));
        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task TheKeyThatSealedWhatWasErasedNoLongerExists()
    {
        await CommitAsync(Documents(new Document("wang", "one", [1]), new Document("wang", "two", [2])));
        await Store.ExecuteAsync("CREATE TABLE kept_aside AS SELECT * FROM documents WHERE subject = 'wang' AND id = 'one'");

        await CommitAsync(Erasing("wang", "one"));
        await Store.ExecuteAsync("INSERT INTO documents SELECT * FROM kept_aside");

        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await Journal.ReadDocumentAsync("wang", "one", Cancel));
        Assert.Equal(new byte[] { 2 }, await Journal.ReadDocumentAsync("wang", "two", Cancel));
    }

    [Fact]
    public async Task WithTheLastDocumentTheKeyGoesAndALaterOneGetsANewKey()
    {
        await CommitAsync(Documents(new Document("wang", "one", [1])));
        await CommitAsync(Erasing("wang", "one"));
        await CommitAsync(Erasing("wang", "one"));
        Assert.Null(await Journal.ReadDocumentAsync("wang", "one", Cancel));

        await CommitAsync(Documents(new Document("wang", "again", [2])));
        Assert.Equal(new byte[] { 2 }, await Journal.ReadDocumentAsync("wang", "again", Cancel));
    }

    [Fact]
    public async Task InOneBatchEachAppendErasesWhatCameBeforeIt()
    {
        await CommitAsync(Documents(new Document("wang", "old", [1])));

        await AppendTogetherAsync(
            Documents(new Document("wang", "before", [2]), new Document("wang", "stays", [3])),
            Erasing("wang", "old", "before") with { Documents = [new Document("wang", "why", [4])] },
            Documents(new Document("wang", "before", [5])),
            Erasing("wang", "why"));

        Assert.Null(await Journal.ReadDocumentAsync("wang", "old", Cancel));
        Assert.Equal(new byte[] { 5 }, await Journal.ReadDocumentAsync("wang", "before", Cancel));
        Assert.Equal(new byte[] { 3 }, await Journal.ReadDocumentAsync("wang", "stays", Cancel));
        Assert.Null(await Journal.ReadDocumentAsync("wang", "why", Cancel));
    }

    [Fact]
    public async Task AnAppendThatIsRefusedErasesNothing()
    {
        await CommitAsync(Documents(new Document("wang", "one", [1])) with { Streams = [To("case/1", 0, "a")] });

        var stale = await Journal.AppendAsync(Erasing("wang", "one") with { Streams = [To("case/1", 0, "b")] }, Cancel);

        Assert.Equal(AppendOutcome.StaleHead, stale.Outcome);
        Assert.Equal(new byte[] { 1 }, await Journal.ReadDocumentAsync("wang", "one", Cancel));
    }

    [Fact]
    public async Task ADamagedKeyOfSomebodyElseFailsTheAppendAndErasesNothing()
    {
        await CommitAsync(Documents(new Document("wang", "one", [1]), new Document("li", "one", [2])));
        await Store.ExecuteAsync($"UPDATE subject_keys SET wrapped_key = {Store.Bytes(new string('0', 120))} WHERE subject = 'li'");

        await Assert.ThrowsAnyAsync<CryptographicException>(async () =>
            await Journal.AppendAsync(Erasing("wang", "one") with { Documents = [new Document("li", "two", [3])] }, Cancel));

        Assert.Equal(new byte[] { 1 }, await Journal.ReadDocumentAsync("wang", "one", Cancel));
    }

    [Fact]
    public async Task TwoProcessesThatEraseAndWriteUnderOneKeyLoseNothing()
    {
        var other = await OpenAsync(Options with { Scheduler = null });
        await CommitAsync(Documents([.. Enumerable.Range(0, 20).Select(i => new Document("wang", $"old {i}", [(byte)i]))]));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await Journal.AppendAsync(Erasing("wang", $"old {i}"), Cancel);
            await other.AppendAsync(Documents(new Document("wang", $"new {i}", [(byte)i])), Cancel);
        }));

        for (var i = 0; i < 20; i++)
        {
            Assert.Null(await Journal.ReadDocumentAsync("wang", $"old {i}", Cancel));
            Assert.Equal(new[] { (byte)i }, await Journal.ReadDocumentAsync("wang", $"new {i}", Cancel));
        }
    }

    [Fact]
    public async Task AChainIsReadAsItIsStoredAndGivesItsOwnHashes()
    {
        await CommitAsync(Append("case/1", 0, "a", "b", "c"));
        await CommitAsync(Append("case/2", 0, "x"));

        var chain = await Journal.ReadChainAsync("case/1", Cancel);

        var hash = new byte[32];
        Assert.Equal(3, chain.Length);
        foreach (var e in chain)
            Assert.Equal(e.Hash, hash = HashChain.Next(hash, "case/1", e.Seq, e.At, e.Actor, e.Type, e.Data));
        Assert.Empty(await Journal.ReadChainAsync("case/none", Cancel));
    }

    protected static AppendRequest Documents(params Document[] documents) => new() { Streams = [], Documents = [.. documents] };

    protected static AppendRequest Erasing(string subject, params string[] ids) => new() { Streams = [], Erasures = [new DocumentErasure(subject, [.. ids])] };
}
