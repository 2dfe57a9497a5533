using System.Collections.Immutable;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>What a changed calendar, time rule or item did to a case, or would do.</summary>
/// <param name="AcceptanceNumber">The case.</param>
/// <param name="Deadlines">Each deadline that moved.</param>
/// <param name="Withdrawn">Cards that were withdrawn.</param>
/// <param name="Issued">Cards that were issued.</param>
/// <param name="Before">The case's light before.</param>
/// <param name="After">Its light afterwards.</param>
[GenerateSerializer, Immutable]
public sealed record CaseChange(
    string AcceptanceNumber,
    ImmutableArray<DeadlineChange> Deadlines,
    ImmutableArray<CardLine> Withdrawn,
    ImmutableArray<CardLine> Issued,
    Light Before,
    Light After)
{
    /// <summary>Why nothing could be done with this case; code and reason. Default: null, it could.</summary>
    [Id(0)]
    public string? Refusal { get; init; }

    /// <summary>Whether anything of the case moved.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Moves => !Deadlines.IsEmpty || !Withdrawn.IsEmpty || !Issued.IsEmpty;

    /// <summary>What events did to a case.</summary>
    /// <param name="before">The case before.</param>
    /// <param name="events">What happened to it.</param>
    /// <param name="book">What was decided by.</param>
    public static CaseChange Of(ApplicationState before, ImmutableArray<ApplicationEvent> events, RuleBook book)
    {
        var after = events.Aggregate(before, (state, happened) => state.Evolve(happened));
        return new(
            before.Number,
            DeadlineChanges.Between(before, book.Previous ?? book.Calendar, after, book.Calendar),
            [.. events.OfType<CardWithdrawn>().Select(e => CardLine.Of(after.Cards.First(c => c.CardId == e.CardId)))],
            [.. events.OfType<CardIssued>().Select(e => CardLine.Of(after.Cards.First(c => c.CardId == e.CardId)))],
            before.Light,
            after.Light);
    }

    /// <summary>A case of which nothing could be changed.</summary>
    public static CaseChange Refused(string number, OneStopException refusal) =>
        new(number, [], [], [], Light.Green, Light.Green) { Refusal = $"{refusal.Code}: {refusal.Faults.FirstOrDefault()?.Message ?? refusal.Message}" };
}

/// <summary>A card in a list.</summary>
/// <param name="CardId">Its id.</param>
/// <param name="Level">Its level.</param>
/// <param name="IssuedAt">The legal instant at which it was reached.</param>
[GenerateSerializer, Immutable]
public sealed record CardLine(string CardId, CardLevel Level, DateTimeOffset IssuedAt)
{
    internal static CardLine Of(Card card) => new(card.CardId, card.Level, card.IssuedAt);
}
