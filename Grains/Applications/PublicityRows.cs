using OneStop.Domain;
using OneStop.Domain.Applications;
using OneStop.Grains.Notices;
using OneStop.Grains.Records;
using OneStop.Journal;

namespace OneStop.Grains.Applications;

/// <summary>What of a case is made public (公示): its decision (article 40), and its cards once they stand. No person is named.</summary>
internal static class PublicityRows
{
    public static IEnumerable<RowChange> Of(ApplicationState before, ApplicationState after)
    {
        if (before.Outcome is null && after is { Outcome: { } outcome, DecidedAt: { } decided })
            yield return Entry(after, "decision", after.Number + ".decision", after.Item!.Department, CamelCase.Of(outcome), decided);
        foreach (var card in after.Cards)
        {
            var old = before.Cards.FirstOrDefault(c => c.CardId == card.CardId);
            if (old?.StandsSince is null && card.StandsSince is { } stands)
                yield return Entry(after, "card", card.CardId, card.Department, CamelCase.Of(card.Level), stands);
            else if (old?.StandsSince is { } stood && card.StandsSince is null)
                yield return RowChange.Remove(Tables.Publicity, NoticeRows.NewestFirst(stood, card.CardId));
        }
    }

    private static RowChange Entry(ApplicationState state, string kind, string id, string department, string result, DateTimeOffset at) => RowChange.Put(
        Tables.Publicity,
        NoticeRows.NewestFirst(at, id),
        kind,
        state.Number,
        state.Item!.Name.Zh,
        state.Item.Name.En,
        department,
        result,
        at.Micros());
}
