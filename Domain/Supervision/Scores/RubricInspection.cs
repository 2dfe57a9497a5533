using System.Collections.Immutable;
using System.Text.Json;

namespace OneStop.Domain.Supervision.Scores;

/// <summary>What is wrong with the rubrics of a catalogue.</summary>
internal static class RubricInspection
{
    private const int MostPoints = 100;

    /// <summary>Every fault, with its place.</summary>
    public static IEnumerable<Fault> Faults(ImmutableArray<ScoreRubric> rubrics)
    {
        for (var i = 0; i < rubrics.Length; i++)
        {
            var (rubric, place) = (rubrics[i], $"/rubrics/{i}");
            if (rubric.Version <= (i == 0 ? 0 : rubrics[i - 1].Version))
                yield return new($"{place}/version", "out-of-order", "Versions begin at 1 and grow from rubric to rubric.");
            if (rubric.From.Day != 1 || (i > 0 && rubric.From <= rubrics[i - 1].From))
                yield return new($"{place}/from", "out-of-order", "A rubric begins with the first day of a month, after the one before it.");
            if (rubric.Parts.IsDefaultOrEmpty || rubric.Cards.IsDefault || rubric.Findings.IsDefault || rubric.Grades.IsDefault)
            {
                yield return new(place, "required", "A rubric has parts, and lists of what costs; [] where nothing does.");
                continue;
            }

            if (rubric.Parts.GroupBy(p => p.Part).Any(g => g.Count() > 1) || rubric.Parts.Sum(p => (long)p.Points) != MostPoints)
                yield return new($"{place}/parts", "out-of-range", "The parts stand there once each and are 100 points together.");
            foreach (var (points, where) in Points(rubric))
                if (points is < 0 or > MostPoints)
                    yield return new(place + where, "out-of-range", $"0 to {MostPoints} points.");
            for (var c = 0; c < rubric.Cards.Length; c++)
                if (rubric.Cards[c].InARow < 1)
                    yield return new($"{place}/cards/{c}/inARow", "out-of-range", "At least 1.");
            foreach (var (bonus, where) in new[] { (rubric.Early, "/early"), (rubric.Promise, "/promise") })
                if (bonus is not null && (bonus.FromPercent is < 1 or > 100 || bonus.EachPercent is < 1 or > 100))
                    yield return new(place + where, "out-of-range", "From 1 to 100 per cent, and each further 1 to 100 per cent.");
            if (Repeats(rubric) is { } repeated)
                yield return new(place + repeated, "repeated", "Each level, kind and grade costs once.");
        }
    }

    /// <summary>What was published stays: a version that says something else, or is gone, would change scores that were told.</summary>
    public static IEnumerable<Fault> Faults(ImmutableArray<ScoreRubric> before, ImmutableArray<ScoreRubric> after) =>
        from published in before
        where after.All(rubric => rubric.Version != published.Version || Text(rubric) != Text(published))
        select new Fault("/rubrics", "published", $"Version {published.Version} was published and stays as it is; what changes is a next version.");

    private static IEnumerable<(int Points, string Where)> Points(ScoreRubric rubric) =>
    [
        .. rubric.Parts.Select((part, i) => (part.Points, $"/parts/{i}/points")),
        .. rubric.Cards.Select((card, i) => (card.Points, $"/cards/{i}/points")),
        .. rubric.Grades.Select((grade, i) => (grade.Points, $"/grades/{i}/points")),
        (rubric.OverdueRectification, "/overdueRectification"),
        (rubric.Early?.Points ?? 0, "/early/points"),
        (rubric.Early?.FurtherPoints ?? 0, "/early/furtherPoints"),
        (rubric.Promise?.Points ?? 0, "/promise/points"),
        (rubric.Promise?.FurtherPoints ?? 0, "/promise/furtherPoints"),
    ];

    private static string? Repeats(ScoreRubric rubric) =>
        rubric.Cards.GroupBy(c => c.Level).Any(g => g.Count() > 1) ? "/cards"
        : rubric.Findings.GroupBy(f => f.Kind).Any(g => g.Count() > 1) ? "/findings"
        : rubric.Grades.GroupBy(g => g.Grade).Any(g => g.Count() > 1) ? "/grades"
        : null;

    private static string Text(ScoreRubric rubric) => JsonSerializer.Serialize(rubric);
}
