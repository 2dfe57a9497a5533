using System.Diagnostics.CodeAnalysis;
using OneStop.Domain.Notices;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>What people do about cards (S6).</summary>
internal static class CardRules
{
    public static OneStopException? Explain(Deliberation d, ExplainCard command)
    {
        if (Find(d, command.CardId) is not { } card)
            return Refusals.Unknown("card", command.CardId);
        if (!d.Actor.Works(card.Department))
            return Permissions.Refused($"handlers and the head of department {card.Department}");
        if (!card.InForce)
            return Refusals.WrongState("The card is withdrawn.");
        if (!card.IsToBeExplained)
            return Refusals.WrongState("Of a warning there is nothing to explain; handle the application.");
        if (card.ExplainedAt is not null)
            return Refusals.Conflict("already-explained", "A card is explained once.");
        if (string.IsNullOrWhiteSpace(command.TextReference))
            return Permissions.Required("/text", "Say what there is to explain.");
        if (card.ExplanationLapsedAt is not null || ClockOf(d, card).On(d.Calendar).DueAt < d.At)
            return Refusals.Conflict("deadline-passed", $"A card is explained within {d.State.Item!.TimeRule.Ladder.ExplanationWorkingDays} working days; only the supervision officer can still withdraw it.");
        d.Record(new CardExplained(d.At, d.By, card.CardId, command.TextReference));
        Tellings.Posts(d, NoticeKind.CardExplained, card.CardId, Post.SupervisionOfficer);
        return null;
    }

    public static OneStopException? Uphold(Deliberation d, UpholdCard command)
    {
        if (!MayJudge(d, command.CardId, out var card, out var refusal))
            return refusal;
        if (card.UpheldAt is not null)
            return null;
        if (!card.IsToBeExplained)
            return Refusals.WrongState("A warning is not upheld; withdraw it or let it be.");
        if (card.ExplainedAt is null && card.ExplanationLapsedAt is null)
            return Refusals.WrongState($"The department may still explain the card, until {ClockOf(d, card).On(d.Calendar).DueAt:yyyy-MM-dd HH:mm zzz}.");
        d.Record(new CardUpheld(d.At, d.By, card.CardId));
        Tellings.OfCard(d, NoticeKind.CardUpheld, card.CardId);
        return null;
    }

    public static OneStopException? Withdraw(Deliberation d, WithdrawCard command)
    {
        if (!MayJudge(d, command.CardId, out var card, out var refusal))
            return refusal;
        if (string.IsNullOrWhiteSpace(command.ReasonReference))
            return Permissions.Required("/reason", "A card is withdrawn for a reason.");
        d.Record(new CardWithdrawn(d.At, d.By, card.CardId, WithdrawalCause.Officer, command.ReasonReference));
        Tellings.OfCard(d, NoticeKind.CardWithdrawn, card.CardId);
        return null;
    }

    public static OneStopException? Urge(Deliberation d, UrgeApplication command)
    {
        if (!d.Actor.Is(Role.Officer) && !d.Actor.Is(Role.Head))
            return Permissions.Refused("supervision officers and heads");
        if (Running(d, command.CardId) is { } refusal)
            return refusal;
        d.Record(new ApplicationUrged(d.At, d.By, command.CardId));
        Tellings.Posts(d, NoticeKind.Urged, command.CardId, Post.Handler);
        return null;
    }

    public static OneStopException? Supervise(Deliberation d, SuperviseApplication command)
    {
        if (!d.Actor.Is(Role.Officer))
            return Permissions.Refused("supervision officers");
        if (Running(d, command.CardId) is { } refusal)
            return refusal;
        if (d.State.SupervisedAt is not null)
            return Refusals.Conflict("already-supervised", "The application is under supervision already; urge it.");
        if (string.IsNullOrWhiteSpace(command.ReasonReference))
            return Permissions.Required("/reason", "Say what is expected of the department.");
        d.Record(new ApplicationSupervised(d.At, d.By, command.CardId, command.ReasonReference));
        Tellings.Posts(d, NoticeKind.Supervised, command.CardId, Post.Handler, Post.DepartmentHead);
        return null;
    }

    private static OneStopException? Running(Deliberation d, string? card)
    {
        if (card is not null && Find(d, card) is null)
            return Refusals.Unknown("card", card);
        return d.State.IsClosed || d.State.Item is null ? d.WrongState("open") : null;
    }

    private static ApplicationClock ClockOf(Deliberation d, Card card) => d.Clocks.First(c => c.Kind == ClockKind.Explanation && c.Subject == card.CardId);

    private static bool MayJudge(
        Deliberation d, string id, [NotNullWhen(true)] out Card? card, [NotNullWhen(false)] out OneStopException? refusal)
    {
        card = Find(d, id);
        refusal = !d.Actor.Is(Role.Officer) ? Permissions.Refused("supervision officers")
            : card is null ? Refusals.Unknown("card", id)
            : card.InForce ? null
            : Refusals.WrongState("The card is withdrawn.");
        return refusal is null;
    }

    private static Card? Find(Deliberation d, string id) => d.State.Cards.FirstOrDefault(c => c.CardId == id);
}
