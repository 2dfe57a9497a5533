using System.Text.Json;
using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Domain.Halls.Ratings;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Supervision;

/// <summary>Rows of the read model as records.</summary>
internal static class RecordRows
{
    public static CaseContribution Contribution(Row row) => new(
        row.Text("number"),
        row.Integer("seq"),
        row.Text("department"),
        new LocalizedText(row.Text("item_zh"), row.Text("item_en")),
        row.Flag("open"),
        Word<Light>(row.Text("light")),
        row.IntegerOrNull("started_at")?.Instant(),
        row.IntegerOrNull("ended_at")?.Instant(),
        row.IntegerOrNull("due_at")?.Instant(),
        []);

    public static BoardCard BoardCard(Row row) => new(
        row.Text("application"), Word<CardLevel>(row.Text("level")), row.Integer("issued_at").Instant(), row.Text("department"));

    public static CardRecord Card(Row row) => new(
        row.Text("id"),
        row.Text("application"),
        Word<CardLevel>(row.Text("level")),
        row.Text("department"),
        Word<CardStanding>(row.Text("standing")),
        row.Integer("issued_at").Instant(),
        row.Integer("recorded_at").Instant(),
        row.IntegerOrNull("withdrawn_at")?.Instant(),
        row.IntegerOrNull("explain_by")?.Instant(),
        row.IntegerOrNull("explained_at")?.Instant(),
        row.IntegerOrNull("unexplained_at")?.Instant(),
        row.IntegerOrNull("upheld_at")?.Instant());

    public static FindingRecord Finding(Row row) => new(
        row.Text("id"),
        row.Text("application"),
        Word<FindingKind>(row.Text("kind")),
        row.Text("subject"),
        row.Integer("time").Instant(),
        row.TextOrNull("rule_code"),
        (int?)row.IntegerOrNull("rule_version"),
        (int?)row.IntegerOrNull("points"));

    public static RatingRecord Rating(Row row) => new(
        row.Text("ticket"),
        row.Text("number"),
        row.Text("hall"),
        row.Text("service"),
        row.TextOrNull("counter"),
        row.TextOrNull("clerk"),
        Word<Grade>(row.Text("grade")),
        Word<RatingStanding>(row.Text("state")),
        row.Integer("rated_at").Instant(),
        row.IntegerOrNull("due_at")?.Instant(),
        row.IntegerOrNull("rectified_at")?.Instant());

    public static TaskRecord Task(Row row) => new(
        row.Text("id"),
        row.Text("application"),
        new LocalizedText(row.Text("name_zh"), row.Text("name_en")),
        row.Text("department"),
        Word<StepStatus>(row.Text("state")),
        row.IntegerOrNull("due_at")?.Instant(),
        Word<Light>(row.Text("light")),
        row.TextOrNull("claimed_by"));

    /// <summary>The member of an enum that a word stands for.</summary>
    public static TEnum Word<TEnum>(string word)
        where TEnum : struct, Enum => JsonSerializer.SerializeToElement(word).Deserialize<TEnum>(EventCodec.Json);
}
