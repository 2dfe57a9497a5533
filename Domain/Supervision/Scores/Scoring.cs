using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Supervision.Scores;

/// <summary>Who is scored.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<ScoreSubject>))]
public enum ScoreSubject
{
    /// <summary>Departments (部门).</summary>
    Department,

    /// <summary>Posts (岗位): the steps of items.</summary>
    Post,

    /// <summary>Persons: staff accounts.</summary>
    Person,
}

/// <summary>What is left of a part.</summary>
/// <param name="Part">The part.</param>
/// <param name="Points">Its points.</param>
[GenerateSerializer, Immutable]
public sealed record PartScore(ScorePart Part, int Points);

/// <summary>The score of a month.</summary>
/// <param name="Month">The month, as 2026-03.</param>
/// <param name="Rubric">The version of the rubric.</param>
/// <param name="Total">The parts and the bonus together.</param>
/// <param name="Bonus">What being early and promising less brought.</param>
/// <param name="Parts">The parts.</param>
[GenerateSerializer, Immutable]
public sealed record MonthScore(string Month, int Rubric, int Total, int Bonus, ImmutableArray<PartScore> Parts);

/// <summary>Scores a month by a rubric.</summary>
public static class Scoring
{
    /// <summary>The score of what was gathered in a month.</summary>
    public static MonthScore Of(ScoreSheet sheet, ScoreRubric rubric, DateOnly month)
    {
        ImmutableArray<PartScore> parts = [.. rubric.Parts.Select(part => new PartScore(part.Part, (int)Math.Max(0, part.Points - Cost(sheet, rubric, part.Part))))];
        var bonus = (rubric.Early?.Of(sheet.EarlyPercents, sheet.Completed) ?? 0) + (rubric.Promise?.Of(sheet.PromisePercents, sheet.Accepted) ?? 0);
        return new(month.ToString("yyyy-MM", CultureInfo.InvariantCulture), rubric.Version, parts.Sum(p => p.Points) + bonus, bonus, parts);
    }

    private static long Cost(ScoreSheet sheet, ScoreRubric rubric, ScorePart part) =>
        rubric.Cards.Where(c => c.Part == part).Sum(c => (long)c.Points * Times(sheet.Cards, c))
        + rubric.Findings.Where(f => f.Part == part).Sum(f => sheet.PointsOf(f.Kind))
        + rubric.Grades.Where(g => g.Part == part).Sum(g => (long)g.Points * sheet.CountOf(g.Grade))
        + (part == ScorePart.Responsibility ? (long)rubric.OverdueRectification * sheet.Overdue : 0);

    // Another card between two of a level begins the row anew.
    private static int Times(IEnumerable<CardLevel> cards, CardCost cost)
    {
        var (times, row) = (0, 0);
        foreach (var level in cards)
        {
            row = level == cost.Level ? row + 1 : 0;
            if (row < cost.InARow)
                continue;
            times++;
            row = 0;
        }

        return times;
    }
}
