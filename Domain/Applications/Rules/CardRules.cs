using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>What people do about cards (S6).</summary>
internal static class CardRules
{
    private static readonly WorkingDays ExplanationLimit = new(5);

    public static OneStopException? Explain(Deliberation d, ExplainCard command)
    {
        if (Find(d, command.CardId) is not { } card)
            return Refusals.Unknown("card", command.CardId);
        if (!d.Actor.Works(card.Department))
            return Permissions.Refused($"handlers and the head of department {card.Department}");
        if (!card.InForce)
            return Refusals.WrongState("The card is withdrawn.");
        if (card.ExplainedAt is not null)
            return Refusals.Conflict("already-explained", "A card is explained once.");
        if (string.IsNullOrWhiteSpace(command.TextReference))
            return Permissions.Required("/text", "Say what there is to explain.");
        if (new Clock(d.Calendar, card.RecordedAt, ExplanationLimit, Counting.Days, []).DueAt < d.At)
            return Refusals.Conflict("deadline-passed", "A card is explained within 5 working days.");
        d.Record(new CardExplained(d.At, d.By, card.CardId, command.TextReference));
        return null;
    }

    public static OneStopException? Uphold(Deliberation d, UpholdCard command)
    {
        if (Judged(d, command.CardId, out var card) is { } refusal)
            return refusal;
        if (card.UpheldAt is null)
            d.Record(new CardUpheld(d.At, d.By, card.CardId));
        return null;
    }

    public static OneStopException? Withdraw(Deliberation d, WithdrawCard command)
    {
        if (Judged(d, command.CardId, out var card) is { } refusal)
            return refusal;
        if (string.IsNullOrWhiteSpace(command.ReasonReference))
            return Permissions.Required("/reason", "A card is withdrawn for a reason.");
        d.Record(new CardWithdrawn(d.At, d.By, card.CardId, WithdrawalCause.Officer, command.ReasonReference));
        return null;
    }

    public static OneStopException? Urge(Deliberation d, UrgeApplication command)
    {
        if (!d.Actor.Is(Role.Officer) && !d.Actor.Is(Role.Head))
            return Permissions.Refused("supervision officers and heads");
        if (command.CardId is { } id && Find(d, id) is null)
            return Refusals.Unknown("card", id);
        if (d.State.IsClosed)
            return d.WrongState("open");
        d.Record(new ApplicationUrged(d.At, d.By, command.CardId));
        return null;
    }

    private static OneStopException? Judged(Deliberation d, string id, out Card card)
    {
        card = Find(d, id)!;
        if (!d.Actor.Is(Role.Officer))
            return Permissions.Refused("supervision officers");
        if (card is null)
            return Refusals.Unknown("card", id);
        return card.InForce ? null : Refusals.WrongState("The card is withdrawn.");
    }

    private static Card? Find(Deliberation d, string id) => d.State.Cards.FirstOrDefault(c => c.CardId == id);
}
