using System.Security.Cryptography;
using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class DocumentOnSqlite() : DocumentSpec(new SqliteTestStore())
{
    [Fact]
    public async Task NothingOfAnErasedSubjectIsLeftInTheFile()
    {
        await CommitAsync(Documents([.. Enumerable.Range(0, 20).Select(i => new Document("wang-to-be-erased", $"form {i}", new byte[9_000]))]));
        Assert.True(await Store.ContainsAsync(Utf8("wang-to-be-erased")));
        var sealedBytes = await ((SqliteTestStore)Store).ReadBytesAsync("SELECT ciphertext FROM documents ORDER BY id LIMIT 1");
        var key = await ((SqliteTestStore)Store).ReadBytesAsync("SELECT wrapped_key FROM subject_keys WHERE subject <> ''");
        Assert.True(await Store.ContainsAsync(key));

        await Journal.EraseAsync("wang-to-be-erased", Cancel);

        Assert.False(await Store.ContainsAsync(key));
        Assert.False(await Store.ContainsAsync(sealedBytes[^500..]));
        Assert.False(await Store.ContainsAsync(Utf8("wang-to-be-erased")));
    }
}

public sealed class DocumentOnPostgres(PostgresFixture server) : DocumentSpec(new PostgresTestStore(server));

/// <summary>Personal data: sealed with a key of its subject, and gone with that key.</summary>
public abstract class DocumentSpec(TestStore store) : JournalSpec(store)
{
    private static readonly byte[] Secret = Utf8("王小明 110101199003077715");

    [Fact]
    public async Task ADocumentIsReadBackAndReplaced()
    {
        await CommitAsync(Documents(new Document("wang", "form", Secret), new Document("wang", "empty", []), new Document("li", "form", [1])));
        await CommitAsync(Documents(new Document("li", "form", [2])));

        Assert.Equal(Secret, await Journal.ReadDocumentAsync("wang", "form", Cancel));
        Assert.Equal(Array.Empty<byte>(), await Journal.ReadDocumentAsync("wang", "empty", Cancel));
        Assert.Equal(new byte[] { 2 }, await Journal.ReadDocumentAsync("li", "form", Cancel));
        Assert.Null(await Journal.ReadDocumentAsync("li", "other", Cancel));
    }

    [Fact]
    public async Task OfDocumentsWrittenTogetherTheLastWins()
    {
        await AppendTogetherAsync(Documents(new Document("wang", "form", [1])), Documents(new Document("wang", "form", [2])));

        Assert.Equal(new byte[] { 2 }, await Journal.ReadDocumentAsync("wang", "form", Cancel));
    }

    [Fact]
    public async Task NothingOfADocumentStandsReadablyInTheDatabase()
    {
        await CommitAsync(Documents(new Document("wang", "form", Secret)) with { Streams = [To("case/1", 0, "findable")] });

        Assert.True(await Store.ContainsAsync(Utf8("findable")));
        Assert.False(await Store.ContainsAsync(Secret));
    }

    [Fact]
    public async Task AnErasedSubjectsDocumentsAreGoneAndTheChainHolds()
    {
        await CommitAsync(Documents(new Document("wang", "form", Secret), new Document("li", "form", [1])) with { Streams = [To("case/1", 0, "wang:form")] });

        await Journal.EraseAsync("wang", Cancel);

        Assert.Null(await Journal.ReadDocumentAsync("wang", "form", Cancel));
        Assert.Equal(new byte[] { 1 }, await Journal.ReadDocumentAsync("li", "form", Cancel));
        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task AnErasureComesAfterWhatWasAskedBeforeItAndBeforeWhatIsAskedAfterIt()
    {
        Scheduler.Hold();
        var before = Journal.AppendAsync(Documents(new Document("wang", "form", Secret)), Cancel).AsTask();
        var erasure = Journal.EraseAsync("wang", Cancel).AsTask();
        var after = Journal.AppendAsync(Documents(new Document("wang", "again", [1])), Cancel).AsTask();
        Scheduler.Release();
        await Task.WhenAll(before, erasure, after);

        Assert.Null(await Journal.ReadDocumentAsync("wang", "form", Cancel));
        Assert.Equal(new byte[] { 1 }, await Journal.ReadDocumentAsync("wang", "again", Cancel));
    }

    [Fact]
    public async Task ADocumentMovedToAnotherPlaceDoesNotOpen()
    {
        await CommitAsync(Documents(new Document("wang", "form", Secret)));
        await Store.ExecuteAsync("UPDATE documents SET id = 'other'");

        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await Journal.ReadDocumentAsync("wang", "other", Cancel));
    }

    [Fact]
    public async Task ADamagedKeyFailsOnlyWhoNeedsIt()
    {
        await CommitAsync(Documents(new Document("wang", "form", Secret)));
        await Store.ExecuteAsync($"UPDATE subject_keys SET wrapped_key = {Store.Bytes(new string('0', 120))} WHERE subject = 'wang'");

        Scheduler.Hold();
        var damaged = Journal.AppendAsync(Documents(new Document("wang", "form", [1])) with { Streams = [To("case/1", 0, "a")] }, Cancel).AsTask();
        var other = Journal.AppendAsync(Documents(new Document("li", "form", [1])), Cancel).AsTask();
        Scheduler.Release();

        await Assert.ThrowsAnyAsync<CryptographicException>(() => damaged);
        Assert.Equal(AppendOutcome.Committed, (await other).Outcome);
        Assert.Empty(await TextsAsync("case/1"));
    }

    [Fact]
    public async Task AnotherMasterKeyDoesNotOpenTheJournal() =>
        await Assert.ThrowsAsync<JournalSchemaException>(async () => await OpenAsync(Options with { MasterKey = new byte[32] }));

    protected static AppendRequest Documents(params Document[] documents) => new() { Streams = [], Documents = [.. documents] };
}
