using System.IO.Compression;
using System.Text;
using OneStop.Journal.Backup;
using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class BackupOfSqliteIntoSqlite() : BackupSpec(new SqliteTestStore(), new SqliteTestStore());

public sealed class BackupOfSqliteIntoPostgres(PostgresFixture server) : BackupSpec(new SqliteTestStore(), new PostgresTestStore(server));

public sealed class BackupOfPostgresIntoSqlite(PostgresFixture server) : BackupSpec(new PostgresTestStore(server), new SqliteTestStore());

public sealed class BackupOfPostgresIntoPostgres(PostgresFixture server) : BackupSpec(new PostgresTestStore(server), new PostgresTestStore(server));

/// <summary>A backup holds the whole record of one instant, and goes into an empty database of either kind or not at all.</summary>
public abstract class BackupSpec(TestStore store, TestStore target) : JournalSpec(store)
{
    [Fact]
    public async Task WhatIsRestoredIsWhatWasThere()
    {
        await FillAsync();
        var backup = await TakeAsync(Store);

        await target.CreateAsync();
        var summary = await target.RestoreAsync(new MemoryStream(backup), Options, Cancel);

        Assert.Equal((3, 43), (summary.Streams, summary.Events));
        await using var restored = await target.OpenAsync(Options);
        Assert.Equal(await ContentAsync(Journal), await ContentAsync(restored));
        Assert.Equal((await Journal.ReadAsync("case/1", withSnapshot: false, Cancel)).Events, (await restored.ReadAsync("case/1", withSnapshot: false, Cancel)).Events, SameEvent);
        Assert.Equal(Utf8("{\"phase\":2}"), (await restored.ReadAsync("case/2", cancellationToken: Cancel)).Snapshot);
        Assert.Equal("李雷", Encoding.UTF8.GetString((await restored.ReadDocumentAsync("person", "name", Cancel))!));
        Assert.Equal(Scan, await FileSpec.ContentAsync(restored, "person", Scan));
        Assert.Equal(Utf8("done"), (await restored.FindCommandAsync("clerk", "k1", Cancel))!.Answer);
        var report = await restored.VerifyAsync(cancellationToken: Cancel);
        Assert.Empty(report.Faults);
        Assert.Equal(1, report.Files);
        // Every table, row for row, whichever kind of database it is in.
        Assert.Equal(Tables(backup), Tables(await TakeAsync(target)));
    }

    [Fact]
    public async Task TheRestoredRecordGoesOn()
    {
        await FillAsync();
        await target.CreateAsync();
        await target.RestoreAsync(new MemoryStream(await TakeAsync(Store)), Options, Cancel);

        await using var restored = await target.OpenAsync(Options with { Scheduler = null });
        Assert.Equal(AppendOutcome.Committed, (await restored.AppendAsync(Append("case/2", 2, "and on"), Cancel)).Outcome);
        Assert.Equal(AppendOutcome.StaleHead, (await restored.AppendAsync(Append("case/1", 39, "again"), Cancel)).Outcome);
        Assert.Empty((await restored.VerifyAsync(cancellationToken: Cancel)).Faults);
    }

    [Fact]
    public async Task ABackupOfAProgramThatKnewNoFilesIsRestored()
    {
        await CommitAsync(Append("case/1", 0, "received"));
        foreach (var statement in new[] { "DROP TABLE files", "DROP TABLE file_parts", "DELETE FROM schema_version WHERE version > 1" })
            await Store.ExecuteAsync(statement);
        var backup = await TakeAsync(Store);
        Assert.DoesNotContain("tables/files.jsonl", Tables(backup).Keys);

        await target.CreateAsync();
        await target.RestoreAsync(new MemoryStream(backup), Options, Cancel);

        await using var restored = await target.OpenAsync(Options);
        Assert.Equal(["received"], await TextsAsync("case/1", restored));
        Assert.True(await FileSpec.KeepAsync(restored, "person", "u1", Scan));
        Assert.Equal(Scan, await FileSpec.ContentAsync(restored, "person", Scan));
    }

    [Fact]
    public async Task ADamagedFileIsRefusedWhereverTheDamageIs()
    {
        await FillAsync();
        var backup = await TakeAsync(Store);
        await target.CreateAsync();
        for (var at = 0; at < backup.Length; at += Math.Max(1, backup.Length / 60))
        {
            var damaged = backup.ToArray();
            damaged[at] ^= 0x10;
            await RefusedAsync(damaged);
        }

        foreach (var length in new[] { 0, 10, backup.Length / 2, backup.Length - 1 })
            await RefusedAsync(backup[..length]);
        await RefusedAsync([.. backup, 0]);

        // It left no trace: the target still takes the whole one.
        await target.RestoreAsync(new MemoryStream(backup), Options, Cancel);
    }

    [Fact]
    public async Task AnotherMasterKeyIsRefused()
    {
        await FillAsync();
        var backup = await TakeAsync(Store);
        await target.CreateAsync();

        var refusal = await Assert.ThrowsAsync<BackupException>(() =>
            target.RestoreAsync(new MemoryStream(backup), Options with { MasterKey = new byte[32] }, Cancel).AsTask());

        Assert.Contains("another master key", refusal.Message, StringComparison.Ordinal);
        await target.RestoreAsync(new MemoryStream(backup), Options, Cancel);
    }

    [Fact]
    public async Task ATargetThatHoldsARecordIsRefused()
    {
        await FillAsync();
        var backup = await TakeAsync(Store);
        await target.CreateAsync();
        await using (var other = await target.OpenAsync(Options with { Scheduler = null }))
            await other.AppendAsync(Append("other/1", 0, "mine"), Cancel);

        await Assert.ThrowsAsync<BackupException>(() => target.RestoreAsync(new MemoryStream(backup), Options, Cancel).AsTask());

        await using var still = await target.OpenAsync(Options);
        Assert.Equal(["mine"], await TextsAsync("other/1", still));
        Assert.Empty((await still.ReadAsync("case/1", cancellationToken: Cancel)).Events);
    }

    [Fact]
    public async Task ARecordWithABrokenChainIsNotRestored()
    {
        await FillAsync();
        await Store.ExecuteAsync($"UPDATE events SET data = {Store.Bytes("00")} WHERE stream = 'case/1' AND seq = 3");
        var backup = await TakeAsync(Store);
        await target.CreateAsync();

        var refusal = await Assert.ThrowsAsync<BackupException>(() => target.RestoreAsync(new MemoryStream(backup), Options, Cancel).AsTask());

        Assert.Contains("case/1 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABackupTakenUnderLoadIsWholeAndHoldsEverythingAcknowledgedBefore()
    {
        await using var busy = await Store.OpenAsync(Options with { Scheduler = null });
        using var enough = new CancellationTokenSource();
        var acknowledged = new long[8];
        var underWay = new TaskCompletionSource();
        var writers = Enumerable.Range(0, acknowledged.Length).Select(i => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                // Two streams at once: a backup has both or neither.
                var head = acknowledged[i];
                var request = Append(To($"left/{i}", head, $"event {head}"), To($"right/{i}", head, $"event {head}"));
                Assert.Equal(AppendOutcome.Committed, (await busy.AppendAsync(request, Cancel)).Outcome);
                if (Interlocked.Increment(ref acknowledged[i]) == 10)
                    underWay.TrySetResult();
            }
        }, Cancel)).ToArray();
        await underWay.Task;

        var before = acknowledged.Select((_, i) => Interlocked.Read(ref acknowledged[i])).ToArray();
        var backup = await TakeAsync(Store);
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        await target.CreateAsync();
        await target.RestoreAsync(new MemoryStream(backup), Options, Cancel);
        await using var restored = await target.OpenAsync(Options);
        Assert.Empty((await restored.VerifyAsync(cancellationToken: Cancel)).Faults);
        for (var i = 0; i < before.Length; i++)
        {
            var left = (await restored.ReadAsync($"left/{i}", withSnapshot: false, Cancel)).Head;
            Assert.Equal(left, (await restored.ReadAsync($"right/{i}", withSnapshot: false, Cancel)).Head);
            Assert.InRange(left, before[i], acknowledged[i]);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await target.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static byte[] Scan { get; } = [.. Enumerable.Range(0, 5_000).Select(i => (byte)(i * 7))];

    private static bool SameEvent(StoredEvent one, StoredEvent other) =>
        (one.Seq, one.At, one.Actor, one.Type) == (other.Seq, other.At, other.Actor, other.Type) && one.Data.AsSpan().SequenceEqual(other.Data);

    private static Dictionary<string, string> Tables(byte[] backup)
    {
        using var archive = new ZipArchive(new MemoryStream(backup));
        return archive.Entries.Where(entry => entry.FullName.StartsWith("tables/", StringComparison.Ordinal)).ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
    }

    private async Task<byte[]> TakeAsync(TestStore from)
    {
        using var file = new MemoryStream();
        await from.BackUpAsync(Options, file, Cancel);
        return file.ToArray();
    }

    private async Task RefusedAsync(byte[] file) =>
        await Assert.ThrowsAsync<BackupException>(() => target.RestoreAsync(new MemoryStream(file), Options, Cancel).AsTask());

    private async Task FillAsync()
    {
        await CommitAsync(Append(To("case/1", 0, [.. Enumerable.Range(0, 40).Select(i => $"step {i} \"引号\" \\ \n 𝄞")])));
        await CommitAsync(new AppendRequest
        {
            Streams = [To("case/2", 0, "received") with { WakeUp = WakeUpChange.Set(7, long.MaxValue - 1), Snapshot = Utf8("{\"phase\":2}") }],
            Rows = [Ticket("A001", "c1", active: true, calledAt: -1, waited: 0.1 + 0.2), Ticket("A002"), RowChange.Put(Notes, "me", 1L, "\u2028<&>'")],
            Documents = [new Document("person", "name", Utf8("李雷"))],
            Command = new CommandRecord("clerk", "k1", [1, 2, 3], 1_000, Utf8("done")),
        });
        Assert.True(await FileSpec.KeepAsync(Journal, "person", "upload", Scan));
        await CommitAsync(Append(new StreamAppend("case/2", 1, [FileSpec.Attached("person", FileSpec.HashOf(Scan), Scan.Length)])));
        await CommitAsync(new AppendRequest { Streams = [To("case/3", 0, "") with { WakeUp = WakeUpChange.Set(0, 1) }] });
    }

    private static async Task<string> ContentAsync(IJournal journal)
    {
        var text = new StringBuilder();
        foreach (var row in (await journal.QueryAsync(new RowQuery(Tickets), Cancel)).Concat(await journal.QueryAsync(new RowQuery(Notes), Cancel)))
            text.AppendJoin('|', row.Values).AppendLine();
        foreach (var shard in new[] { 0, 7 })
            foreach (var wakeUp in await journal.ReadWakeUpsAsync(shard, long.MaxValue, 100, Cancel))
                text.AppendLine(wakeUp.ToString());
        return text.ToString();
    }
}
