using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OneStop.Journal;

namespace OneStop.Bench;

/// <summary>
/// How many whole appends a journal makes durable in a second. A whole append is one event of about 300 bytes, one
/// read-model row of 12 columns, the stream's next wake-up and the record of the command with its answer.
/// </summary>
public static class JournalContract
{
    private const int EventsOfAStream = 6;

    /// <summary>The read-model table that the journal has to be opened with.</summary>
    public static TableSchema Cases { get; } = new("bench_cases",
        [
            new Column("id", ColumnType.Text),
            new Column("department", ColumnType.Text),
            new Column("item", ColumnType.Text),
            new Column("state", ColumnType.Text),
            new Column("stage", ColumnType.Text),
            new Column("clerk", ColumnType.Text, Nullable: true),
            new Column("accepted_at", ColumnType.Integer),
            new Column("due_at", ColumnType.Integer),
            new Column("seq", ColumnType.Integer),
            new Column("light", ColumnType.Text),
            new Column("open", ColumnType.Boolean),
            new Column("score", ColumnType.Real, Nullable: true),
        ],
        KeyColumns: 1)
    {
        Indexes = [new TableIndex("bench_cases_department", ["department", "state"]) { Where = "open" }],
    };

    /// <summary>
    /// Lets writers append, each to streams of its own and one append after the other, and gives appends per second.
    /// </summary>
    /// <param name="journal">A journal opened with <see cref="Cases"/>.</param>
    /// <param name="writers">How many append at the same time.</param>
    /// <param name="duration">How long they do, after a tenth of it to warm up.</param>
    /// <exception cref="InvalidOperationException">An append was not committed.</exception>
    public static async Task<double> MeasureAsync(IJournal journal, int writers, TimeSpan duration)
    {
        var run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        using var stop = new CancellationTokenSource();
        var counts = new long[writers * 16];
        var tasks = Enumerable.Range(0, writers)
            .Select(writer => Task.Run(() => WriteAsync(journal, $"{run}-{writer:D4}", counts, writer * 16, stop.Token)))
            .ToArray();
        await Task.WhenAny(Task.Delay(duration / 10), Task.WhenAny(tasks));
        var (before, clock) = (Total(counts), Stopwatch.StartNew());
        await Task.WhenAny(Task.Delay(duration), Task.WhenAny(tasks));
        var perSecond = (Total(counts) - before) / clock.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(tasks);
        return perSecond;
    }

    private static long Total(long[] counts)
    {
        var total = 0L;
        for (var i = 0; i < counts.Length; i += 16)
            total += Volatile.Read(ref counts[i]);
        return total;
    }

    // Each writer counts in a cache line of its own.
    private static async Task WriteAsync(IJournal journal, string writer, long[] counts, int slot, CancellationToken stop)
    {
        for (var n = 0L; !stop.IsCancellationRequested; n++)
        {
            var result = await journal.AppendAsync(Request(writer, n), CancellationToken.None);
            if (result.Outcome is not AppendOutcome.Committed)
                throw new InvalidOperationException($"Append {n} of {writer}: {result.Outcome} {result.Cause}");
            Volatile.Write(ref counts[slot], n + 1);
        }
    }

    private static AppendRequest Request(string writer, long n)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"case/{writer}-{n / EventsOfAStream:D8}");
        var seq = n % EventsOfAStream;
        // The real clock: answers to old commands would be removed in passing.
        var at = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var department = string.Create(CultureInfo.InvariantCulture, $"dept-{n % 6}");
        var data = Encoding.UTF8.GetBytes($$"""
            {"case":"{{id}}","step":"{{seq}}","department":"{{department}}","remark":"{{Remark}}","at":{{at}}}
            """);
        return new AppendRequest
        {
            Streams =
            [
                new StreamAppend(id, seq, [new NewEvent("case.moved.v1", at, "clerk-17", data)])
                {
                    WakeUp = WakeUpChange.Set((int)(n / EventsOfAStream % 64), at + 3_600_000_000),
                },
            ],
            Rows =
            [
                RowChange.Put(
                    Cases, id, department, "item-12", States[seq], "review", seq > 0 ? "clerk-17" : null,
                    at, at + 86_400_000_000, seq + 1, "green", seq < EventsOfAStream - 1, null),
            ],
            Command = new CommandRecord(writer, string.Create(CultureInfo.InvariantCulture, $"command-{n:D10}"), SHA256.HashData(data), at, Answer),
        };
    }

    private static readonly string Remark = new('x', 180);
    private static readonly string[] States = ["submitted", "accepted", "review", "decision", "certificate", "closed"];
    private static readonly byte[] Answer = Encoding.UTF8.GetBytes("""{"acceptance":"ok","state":"review"}""");
}
