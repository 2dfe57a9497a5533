using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class FileOnSqlite() : FileSpec(new SqliteTestStore());

public sealed class FileOnPostgres(PostgresFixture server) : FileSpec(new PostgresTestStore(server));

/// <summary>Files come in parts, are kept once for each subject, and go with their subject.</summary>
public abstract class FileSpec(TestStore store) : JournalSpec(store)
{
    private const int PartBytes = 4_000;

    private static readonly byte[] Scan = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1_500).Select(i => $"readable {i} ")));

    /// <summary>Events of the tests that refer to a file.</summary>
    public static FileReferences References { get; } = new("note.attached.v1", static data =>
    {
        var words = Encoding.UTF8.GetString(data).Split(' ');
        return new FileReference(words[0], words[1], long.Parse(words[2], CultureInfo.InvariantCulture));
    });

    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static NewEvent Attached(string subject, string sha256, long size) => new(
        References.EventType, 1_000, "clerk", Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{subject} {sha256} {size}")));

    /// <summary>Keeps a file as an upload of its own.</summary>
    public static async Task<bool> KeepAsync(IJournal journal, string subject, string upload, byte[] content)
    {
        var parts = content.Chunk(PartBytes).ToArray();
        for (var i = 0; i < parts.Length; i++)
            await journal.PutFilePartAsync(new FilePart(subject, upload, i, parts[i]), Cancel);
        return await journal.SealFileAsync(new FileSeal(subject, upload, HashOf(content), content.Length, parts.Length), Cancel);
    }

    /// <summary>All parts of a file.</summary>
    public static async Task<byte[]> ContentAsync(IJournal journal, string subject, byte[] expected)
    {
        var content = new List<byte>();
        for (var part = 0; await journal.ReadFilePartAsync(subject, HashOf(expected), part, Cancel) is { } bytes; part++)
            content.AddRange(bytes);
        return [.. content];
    }

    [Fact]
    public async Task AFileComesBackAsItWasAndIsStoredUnreadably()
    {
        Assert.True(await KeepAsync(Journal, "wang", "u1", Scan));

        var other = await OpenAsync(Options with { Scheduler = null });
        Assert.Equal(new StoredFile(Scan.Length, 5), await other.FindFileAsync("wang", HashOf(Scan), Cancel));
        Assert.Equal(Scan, await ContentAsync(other, "wang", Scan));
        Assert.Null(await other.ReadFilePartAsync("wang", HashOf(Scan), 5, Cancel));
        Assert.Null(await other.FindFileAsync("li", HashOf(Scan), Cancel));
        Assert.True(await Store.ContainsAsync(Utf8("wang")));
        Assert.False(await Store.ContainsAsync(Utf8("readable 7")));
    }

    [Fact]
    public async Task TheSameContentOfASubjectIsKeptOnce()
    {
        Assert.True(await KeepAsync(Journal, "wang", "u1", Scan));
        Assert.True(await KeepAsync(Journal, "wang", "u2", Scan));
        Assert.Equal((1, 5), (await Store.CountAsync("files"), await Store.CountAsync("file_parts")));

        Assert.True(await KeepAsync(Journal, "li", "u3", Scan));

        Assert.Equal((2, 10), (await Store.CountAsync("files"), await Store.CountAsync("file_parts")));
        Assert.Equal(Scan, await ContentAsync(Journal, "wang", Scan));
        Assert.Equal(Scan, await ContentAsync(Journal, "li", Scan));
    }

    [Fact]
    public async Task ManyWhoSealTheSameContentAtOnceKeepItOnce()
    {
        var journals = new[] { await OpenAsync(Options with { Scheduler = null }), await OpenAsync(Options with { Scheduler = null }) };

        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => KeepAsync(journals[Store is SqliteTestStore ? 0 : i % 2], "wang", $"u{i}", Scan), Cancel)));

        Assert.DoesNotContain(false, kept);
        Assert.Equal((1, 5), (await Store.CountAsync("files"), await Store.CountAsync("file_parts")));
        Assert.Equal(Scan, await ContentAsync(Journal, "wang", Scan));
    }

    [Fact]
    public async Task WhatLacksAPartOrAByteIsNoFileAndLeavesNothing()
    {
        await Journal.PutFilePartAsync(new FilePart("wang", "u1", 0, [1]), Cancel);
        await Journal.PutFilePartAsync(new FilePart("wang", "u1", 2, [3]), Cancel);

        Assert.False(await Journal.SealFileAsync(new FileSeal("wang", "u1", HashOf([1, 2, 3]), 3, 3), Cancel));
        Assert.False(await Journal.SealFileAsync(new FileSeal("wang", "never", HashOf([1]), 1, 1), Cancel));
        await Journal.PutFilePartAsync(new FilePart("wang", "u2", 0, [1]), Cancel);
        Assert.False(await Journal.SealFileAsync(new FileSeal("wang", "u2", HashOf([1, 2]), 2, 1), Cancel));

        Assert.Equal((0, 0), (await Store.CountAsync("files"), await Store.CountAsync("file_parts")));
    }

    [Fact]
    public async Task APartSentAgainTakesTheFirstOnesPlace()
    {
        await Journal.PutFilePartAsync(new FilePart("wang", "u1", 0, Scan), Cancel);
        await Journal.PutFilePartAsync(new FilePart("wang", "u1", 0, Scan), Cancel);

        Assert.True(await Journal.SealFileAsync(new FileSeal("wang", "u1", HashOf(Scan), Scan.Length, 1), Cancel));
        Assert.Equal(Scan, await ContentAsync(Journal, "wang", Scan));
    }

    [Fact]
    public async Task AnUploadIsDroppedAndAFileIsNot()
    {
        Assert.True(await KeepAsync(Journal, "wang", "u1", Scan));
        await Journal.PutFilePartAsync(new FilePart("wang", "u2", 0, [1]), Cancel);

        foreach (var upload in new[] { "u1", "u2", "u3" })
            await Journal.DropUploadAsync(upload, Cancel);

        Assert.Equal((1, 5), (await Store.CountAsync("files"), await Store.CountAsync("file_parts")));
        Assert.Equal(Scan, await ContentAsync(Journal, "wang", Scan));
    }

    [Fact]
    public async Task UploadsThatNobodyFinishesAreRemovedWhenAJournalIsOpenedADayLater()
    {
        Assert.True(await KeepAsync(Journal, "wang", "u1", Scan));
        await Journal.PutFilePartAsync(new FilePart("wang", "u2", 0, [1]), Cancel);
        Time.Advance(TimeSpan.FromHours(23));
        await Journal.PutFilePartAsync(new FilePart("wang", "u3", 0, [1]), Cancel);
        await OpenAsync(Options with { Scheduler = null });
        Assert.Equal(3, await Store.CountAsync("files"));

        Time.Advance(TimeSpan.FromHours(2));
        await OpenAsync(Options with { Scheduler = null });

        Assert.Equal((2, 6), (await Store.CountAsync("files"), await Store.CountAsync("file_parts")));
        Assert.Equal(Scan, await ContentAsync(Journal, "wang", Scan));
    }

    [Fact]
    public async Task AnErasedSubjectsFilesAreGoneAndTheRecordSaysErasedAndNotLost()
    {
        Assert.True(await KeepAsync(Journal, "wang", "u1", Scan));
        Assert.True(await KeepAsync(Journal, "li", "u2", Scan));
        await CommitAsync(Append(new StreamAppend("case/1", 0, [Attached("wang", HashOf(Scan), Scan.Length), Attached("li", HashOf(Scan), Scan.Length)])));

        await Journal.EraseAsync("wang", Cancel);

        Assert.Null(await Journal.FindFileAsync("wang", HashOf(Scan), Cancel));
        Assert.Null(await Journal.ReadFilePartAsync("wang", HashOf(Scan), 0, Cancel));
        Assert.Equal(5, await Store.CountAsync("file_parts"));
        var report = await Journal.VerifyAsync(cancellationToken: Cancel);
        Assert.Empty(report.Faults);
        Assert.Equal((1, 1), (report.Files, report.ErasedFiles));

        Assert.True(await KeepAsync(Journal, "wang", "u3", Scan));
        Assert.Equal(Scan, await ContentAsync(Journal, "wang", Scan));
        Assert.Equal(2, (await Journal.VerifyAsync(cancellationToken: Cancel)).Files);
    }

    [Fact]
    public async Task FilesAreDestroyedInTheAppendThatSaysSo()
    {
        Assert.True(await KeepAsync(Journal, "files-1", "u1", Scan));
        Assert.True(await KeepAsync(Journal, "files-2", "u2", Scan));
        await CommitAsync(Append(new StreamAppend("case/1", 0, [Attached("files-1", HashOf(Scan), Scan.Length), Attached("files-2", HashOf(Scan), Scan.Length)])));
        var stale = Append("case/1", 1, "erased") with { ErasedFiles = ["files-1"] };
        Assert.Equal(AppendOutcome.StaleHead, (await Journal.AppendAsync(stale, Cancel)).Outcome);
        Assert.Equal(Scan, await ContentAsync(Journal, "files-1", Scan));

        await CommitAsync(Append("case/1", 2, "erased") with { ErasedFiles = ["files-1", "never-there"] });

        Assert.Null(await Journal.FindFileAsync("files-1", HashOf(Scan), Cancel));
        Assert.Empty(await ContentAsync(Journal, "files-1", Scan));
        Assert.Equal(Scan, await ContentAsync(Journal, "files-2", Scan));
        // The probe of the master key, and the other one's.
        Assert.Equal((5, 2), (await Store.CountAsync("file_parts"), await Store.CountAsync("subject_keys")));
        var report = await Journal.VerifyAsync(cancellationToken: Cancel);
        Assert.Empty(report.Faults);
        Assert.Equal((1, 1), (report.Files, report.ErasedFiles));
    }

    [Fact]
    public async Task OfAnUploadThatAnErasureCameInBetweenNothingIsKept()
    {
        await Journal.PutFilePartAsync(new FilePart("wang", "u1", 0, [1]), Cancel);
        await Journal.EraseAsync("wang", Cancel);
        await Journal.PutFilePartAsync(new FilePart("wang", "u1", 1, [2]), Cancel);

        Assert.False(await Journal.SealFileAsync(new FileSeal("wang", "u1", HashOf([1, 2]), 2, 2), Cancel));
        Assert.Equal((0, 0), (await Store.CountAsync("files"), await Store.CountAsync("file_parts")));
    }

    [Fact]
    public async Task AWalkOverTheRecordNamesFilesThatAreLostOrChanged()
    {
        foreach (var subject in new[] { "changed", "lost", "moved", "part-lost", "whole" })
        {
            Assert.True(await KeepAsync(Journal, subject, "u-" + subject, Scan));
            await CommitAsync(Append(new StreamAppend("case/" + subject, 0, [Event("received"), Attached(subject, HashOf(Scan), Scan.Length)])));
        }

        await CommitAsync(Append(new StreamAppend("case/other-size", 0, [Attached("whole", HashOf(Scan), 1)])));
        await Store.ExecuteAsync($"UPDATE file_parts SET ciphertext = {Store.Bytes(new string('0', 80))} WHERE file = 'u-changed' AND part = 3");
        await Store.ExecuteAsync("DELETE FROM files WHERE file = 'u-lost'");
        await Store.ExecuteAsync("UPDATE file_parts SET part = part + 100 WHERE file = 'u-moved' AND part IN (1, 2)");
        await Store.ExecuteAsync("UPDATE file_parts SET part = 103 - part WHERE file = 'u-moved' AND part > 100");
        await Store.ExecuteAsync("DELETE FROM file_parts WHERE file = 'u-part-lost' AND part = 4");

        var report = await Journal.VerifyAsync(cancellationToken: Cancel);

        Assert.Equal(
            ["case/changed 2 does not open", "case/lost 2 is not there", "case/moved 2 does not open", "case/other-size 1 content is another", "case/part-lost 2 is not there"],
            report.Faults.Select(fault => $"{fault.Stream} {fault.Seq} {string.Join(' ', fault.What.Split(' ')[^3..])}"));
        Assert.Equal(1, report.Files);
    }

    [Fact]
    public async Task WhatNoStoreCouldKeepIsRefused()
    {
        FilePart[] parts = [new("", "u", 0, [1]), new("wang", "", 0, [1]), new("wang", "u", -1, [1]), new("wang", "u", 0, []), new("wang", "u", 0, new byte[(1 << 20) + 1])];
        foreach (var part in parts)
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Journal.PutFilePartAsync(part, Cancel).AsTask());
        FileSeal[] seals = [new("wang", "u", "abc", 1, 1), new("wang", "u", new string('A', 64), 1, 1), new("wang", "u", HashOf([1]), 1, 0), new("wang", "u", HashOf([1]), 0, 1)];
        foreach (var seal in seals)
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Journal.SealFileAsync(seal, Cancel).AsTask());
    }
}
