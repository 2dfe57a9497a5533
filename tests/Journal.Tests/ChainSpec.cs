using System.Buffers.Binary;
using System.Security.Cryptography;
using OneStop.Journal.Tests.Stores;

namespace OneStop.Journal.Tests;

public sealed class ChainOnSqlite() : ChainSpec(new SqliteTestStore());

public sealed class ChainOnPostgres(PostgresFixture server) : ChainSpec(new PostgresTestStore(server));

/// <summary>Whatever is changed behind the journal's back is found.</summary>
public abstract class ChainSpec(TestStore store) : JournalSpec(store)
{
    private const string Event2 = "WHERE stream = 'case/1' AND seq = 2";

    [Fact]
    public async Task AnUntouchedRecordIsClean()
    {
        await GivenTwoStreamsAsync();

        var report = await Journal.VerifyAsync(cancellationToken: Cancel);

        Assert.Equal((2, 5), (report.Streams, report.Events));
        Assert.Empty(report.Faults);
    }

    [Fact]
    public async Task AnEmptyRecordIsClean() => await AssertChainsHoldAsync();

    public static TheoryData<string, string, long> Tampering => new()
    {
        { "the instant", $"UPDATE events SET at = at + 1 {Event2}", 2 },
        { "the actor", $"UPDATE events SET actor = 'nobody' {Event2}", 2 },
        { "the type", $"UPDATE events SET type = 'note.taken.v2' {Event2}", 2 },
        { "the data", $"UPDATE events SET data = {{0}} {Event2}", 2 },
        { "the hash", $"UPDATE events SET hash = {{1}} {Event2}", 2 },
        { "the number", "UPDATE events SET seq = 9 WHERE stream = 'case/1' AND seq = 3", 9 },
        { "the stream", "UPDATE events SET stream = 'case/3' WHERE stream = 'case/1' AND seq = 3", 3 },
        { "a missing event", $"DELETE FROM events {Event2}", 3 },
        { "a missing first event", "DELETE FROM events WHERE stream = 'case/1' AND seq = 1", 2 },
        { "a missing tail", "DELETE FROM events WHERE stream = 'case/1' AND seq = 3", 2 },
        { "an event too many", "INSERT INTO events SELECT stream, 4, at, actor, type, data, hash FROM events WHERE stream = 'case/1' AND seq = 3", 4 },
        { "the head", "UPDATE streams SET head = 2 WHERE stream = 'case/1'", 3 },
        { "the head's hash", "UPDATE streams SET hash = {1} WHERE stream = 'case/1'", 3 },
        { "a missing stream", "DELETE FROM streams WHERE stream = 'case/1'", 3 },
    };

    [Theory]
    [MemberData(nameof(Tampering), DisableDiscoveryEnumeration = true)]
    public async Task WhatWasTamperedWithIsFound(string what, string sql, long seq)
    {
        Assert.NotEmpty(what);
        await GivenTwoStreamsAsync();

        await Store.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, Store.Bytes("ff"), Store.Bytes(new string('0', 64))));

        var faults = (await Journal.VerifyAsync(cancellationToken: Cancel)).Faults;
        Assert.Contains(faults, fault => fault.Seq == seq && fault.Stream is "case/1" or "case/3");
        Assert.DoesNotContain(faults, fault => fault.Stream == "case/2");
    }

    [Fact]
    public async Task AMissingEventIsCalledMissing()
    {
        await GivenTwoStreamsAsync();
        await Store.ExecuteAsync($"DELETE FROM events {Event2}");

        var faults = (await Journal.VerifyAsync(cancellationToken: Cancel)).Faults;

        Assert.Contains(faults, fault => fault.Seq == 3 && fault.What.Contains("missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TwoEventsThatChangedPlacesAreFound()
    {
        await GivenTwoStreamsAsync();
        await Store.ExecuteAsync("UPDATE events SET seq = -seq WHERE stream = 'case/1' AND seq < 3");
        await Store.ExecuteAsync("UPDATE events SET seq = 3 + seq WHERE stream = 'case/1' AND seq < 0");

        Assert.NotEmpty((await Journal.VerifyAsync(cancellationToken: Cancel)).Faults);
    }

    [Fact]
    public async Task AnAuditorCanRecomputeAHashFromTheDescription()
    {
        await GivenTwoStreamsAsync();
        var hash = new byte[32];
        foreach (var stored in (await Journal.ReadAsync("case/1", cancellationToken: Cancel)).Events)
        {
            hash = SHA256.HashData(
            [
                .. hash, .. Sized("case/1"), .. Number(stored.Seq), .. Number(stored.At),
                .. Sized(stored.Actor), .. Sized(stored.Type), .. Length(stored.Data), .. stored.Data,
            ]);
        }

        await Store.ExecuteAsync($"UPDATE streams SET hash = {Store.Bytes(Convert.ToHexStringLower(hash))} WHERE stream = 'case/1'");

        await AssertChainsHoldAsync();
    }

    [Fact]
    public async Task ProgressIsTold()
    {
        await GivenTwoStreamsAsync();
        var told = new Told();

        await Journal.VerifyAsync(told, Cancel);

        Assert.Equal(5, told.Last);
    }

    private Task GivenTwoStreamsAsync() => CommitAsync(Append(To("case/1", 0, "a", "b", "c"), To("case/2", 0, "x", "y")));

    private static byte[] Sized(string text) => [.. Length(Utf8(text)), .. Utf8(text)];

    private static byte[] Length(byte[] bytes)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        return length;
    }

    private static byte[] Number(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    private sealed class Told : IProgress<long>
    {
        public long Last { get; private set; }

        public void Report(long value) => Last = value;
    }
}
