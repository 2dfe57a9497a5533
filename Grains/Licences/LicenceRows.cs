using OneStop.Domain;
using OneStop.Domain.Licences;
using OneStop.Grains.Interfaces.Licences;
using OneStop.Grains.Records;
using OneStop.Grains.Supervision;
using OneStop.Journal;

namespace OneStop.Grains.Licences;

/// <summary>Licences to views and rows, and back.</summary>
internal static class LicenceRows
{
    public static LicenceView View(LicenceState state) => new(
        state.Number, state.Standard!.Name, state.Item, state.Department, state.Standing, state.IssuedAt, state.ValidUntil, state.InspectionDueAt,
        state.InspectedAt, state.RevokedAt ?? state.ExpiredAt);

    public static RowChange Row(LicenceState state)
    {
        var view = View(state);
        return RowChange.Put(
            Tables.Licences,
            view.Number,
            view.Name.Zh,
            view.Name.En,
            view.Item,
            view.Department,
            CamelCase.Of(view.State),
            view.IssuedAt.Micros(),
            view.ValidUntil?.Micros(),
            view.InspectionDueAt?.Micros(),
            view.InspectedAt?.Micros(),
            view.EndedAt?.Micros());
    }

    public static LicenceView View(Row row) => new(
        row.Text("number"),
        new LocalizedText(row.Text("name_zh"), row.Text("name_en")),
        row.Text("item"),
        row.Text("department"),
        RecordRows.Word<LicenceStanding>(row.Text("state")),
        row.Integer("issued_at").Instant(),
        row.IntegerOrNull("valid_until")?.Instant(),
        row.IntegerOrNull("inspection_due_at")?.Instant(),
        row.IntegerOrNull("inspected_at")?.Instant(),
        row.IntegerOrNull("ended_at")?.Instant());
}
