using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Grains.Interfaces.Archive;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Archive;

/// <summary>Archived cases to rows and back.</summary>
internal static class ArchiveRows
{
    /// <summary>The row of a case that is archived or whose personal data was erased.</summary>
    public static IEnumerable<RowChange> Of(ApplicationState before, ApplicationState after)
    {
        if (after is not { ArchivedAt: { } archived, ClosedAt: { } ended, Item: { } item }
            || (before.ArchivedAt, before.PersonalDataErasedAt) == (after.ArchivedAt, after.PersonalDataErasedAt))
        {
            yield break;
        }

        yield return RowChange.Put(
            Tables.Archive,
            after.Number,
            item.Code,
            item.Name.Zh,
            item.Name.En,
            item.Department,
            ended.Micros(),
            archived.Micros(),
            after.ArchivedBy ?? "",
            after.PersonalDataErasedAt?.Micros());
    }

    public static ArchivedCase View(Row row) => new(
        row.Text("number"),
        row.Text("item"),
        new LocalizedText(row.Text("item_zh"), row.Text("item_en")),
        row.Text("department"),
        row.Integer("ended_at").Instant(),
        row.Integer("archived_at").Instant(),
        row.Text("rule"),
        row.IntegerOrNull("erased_at")?.Instant());
}
