using OneStop.Domain.Applications;
using OneStop.Domain.Supervision;
using OneStop.Grains.Interfaces.Supervision;

namespace OneStop.Grains.Applications;

/// <summary>A case's cards as records, told by the case itself and not by the rows that follow it.</summary>
internal static class CaseCards
{
    /// <summary>One of its cards as it stands.</summary>
    /// <exception cref="InvalidOperationException">The case has no such card: a command about it would have been refused.</exception>
    public static CardRecord Record(this ApplicationOutlook outlook, string id)
    {
        var card = outlook.State.Cards.Single(card => card.CardId == id);
        return new CardRecord(
            id,
            outlook.State.Number,
            card.Level,
            card.Department,
            outlook.State.Cards.StandingOf(card),
            card.IssuedAt,
            card.RecordedAt,
            card.Withdrawal?.At,
            outlook.ExplainBy(card),
            card.ExplainedAt,
            card.ExplanationLapsedAt,
            card.UpheldAt);
    }
}
