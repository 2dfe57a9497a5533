using System.Collections.Concurrent;
using OneStop.Grains.Records;
using OneStop.Journal;
using OneStop.Tests;

namespace OneStop.Bench.Deadlines;

/// <summary>A journal that notes when each card had become durable.</summary>
internal sealed class CardWatch(IJournal inner) : JournalDecorator(inner)
{
    private static readonly int IssuedAt = Tables.Cards.Columns.ToList().FindIndex(c => c.Name == "issued_at");

    private readonly ConcurrentQueue<(long IssuedAt, long DurableAt)> cards = new();

    /// <summary>From the instant at which the cards of a time were due until each was durable, the shortest first.</summary>
    public TimeSpan[] Delays(DateTimeOffset from, DateTimeOffset to) =>
        [.. cards.Where(c => c.IssuedAt >= Micros(from) && c.IssuedAt <= Micros(to)).Select(c => TimeSpan.FromMicroseconds(c.DurableAt - c.IssuedAt)).Order()];

    /// <summary>Microseconds since 1970, as the record has them.</summary>
    public static long Micros(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public override async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default)
    {
        var result = await base.AppendAsync(request, cancellationToken);
        var now = Micros(DateTimeOffset.UtcNow);
        foreach (var row in request.Rows)
            if (row.Table == Tables.Cards && !row.Delete)
                cards.Enqueue(((long)row.Values[IssuedAt]!, now));
        return result;
    }
}
