using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain.Notices;

namespace OneStop.Domain.Applications;

/// <summary>Who is told what about a case. Everything told stands in its record.</summary>
internal static class Tellings
{
    /// <summary>Tells those who were told of a card what became of it.</summary>
    public static void OfCard(Deliberation d, NoticeKind kind, string cardId) =>
        Tell(d, kind, cardId, null, d.State.Cards.First(c => c.CardId == cardId).Told);

    /// <summary>Tells the holders of posts; for a card those of its department.</summary>
    public static void Posts(Deliberation d, NoticeKind kind, string? cardId, params ReadOnlySpan<Post> posts)
    {
        var card = d.State.Cards.FirstOrDefault(c => c.CardId == cardId);
        Tell(d, kind, cardId, null, Audiences(d.State, card?.Department ?? d.State.Item!.Department, card?.Subject, [.. posts]));
    }

    /// <summary>Tells people, if there are any.</summary>
    public static void Tell(Deliberation d, NoticeKind kind, string? cardId, string? rung, ImmutableArray<Audience> to)
    {
        if (to.IsEmpty)
            return;
        var id = string.Create(CultureInfo.InvariantCulture, $"{d.State.Number}.{d.State.NoticesGiven + 1}");
        d.Record(new PeopleTold(d.At, d.By, id, kind, cardId, rung, to));
    }

    /// <summary>Who holds posts of a department with regard to a case: of its steps there, whoever has them is the handler.</summary>
    public static ImmutableArray<Audience> Audiences(ApplicationState state, string department, string? subject, IEnumerable<Post> posts) =>
        [.. posts.SelectMany(post => post == Post.Handler ? Handlers(state, department, subject) : [Audience.Holder(post, department)]).Distinct()];

    private static ImmutableArray<Audience> Handlers(ApplicationState state, string department, string? subject)
    {
        var mine = state.Steps.Where(s => s.IsRunning && s.Person is not null && state.Item!.Steps.Any(i => i.Id == s.Id && i.Department == department)).ToList();
        var concerned = mine.Exists(s => s.Subject == subject) ? mine.Where(s => s.Subject == subject) : mine;
        ImmutableArray<Audience> people = [.. concerned.Select(s => Audience.Account(s.Person!)).Distinct()];
        return people.IsEmpty ? [Audience.Holder(Post.Handler, department)] : people;
    }
}
