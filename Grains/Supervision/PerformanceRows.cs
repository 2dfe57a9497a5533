using System.Collections.Immutable;
using System.Text.Json;
using OneStop.Domain.Supervision.Statistics;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Supervision;

/// <summary>The row that says what counts of a case or a rating.</summary>
internal static class PerformanceRows
{
    public static RowChange Of(string source, long seq, DateTimeOffset changedAt, ImmutableArray<Mark> marks) => RowChange.Put(
        Tables.Performance,
        source,
        seq,
        changedAt.Micros(),
        marks.IsEmpty ? 0L : marks.Min(mark => mark.Day.DayNumber),
        marks.IsEmpty ? 0L : marks.Max(mark => mark.Day.DayNumber),
        JsonSerializer.Serialize(marks, EventCodec.Json));

    public static void Apply(this PerformanceLedger ledger, Row row) =>
        ledger.Apply(row.Text("source"), row.Integer("seq"), JsonSerializer.Deserialize<ImmutableArray<Mark>>(row.Text("marks"), EventCodec.Json));
}
