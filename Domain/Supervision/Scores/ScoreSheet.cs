using OneStop.Domain.Halls.Ratings;
using OneStop.Domain.Supervision.Statistics;

namespace OneStop.Domain.Supervision.Scores;

/// <summary>What was gathered of one subject in one month, whatever rubric judges it.</summary>
public sealed class ScoreSheet
{
    // By the words' bytes: with a language's own order a score would depend on where it is counted.
    private static readonly Comparer<(DateTimeOffset IssuedAt, string Source, CardLevel Level, string? Step)> InOrder = Comparer<(DateTimeOffset IssuedAt, string Source, CardLevel Level, string? Step)>.Create(
        (a, b) => a.IssuedAt.CompareTo(b.IssuedAt) is var at and not 0 ? at
            : string.CompareOrdinal(a.Source, b.Source) is var source and not 0 ? source
            : a.Level.CompareTo(b.Level) is var level and not 0 ? level
            : string.CompareOrdinal(a.Step, b.Step));

    private readonly SortedDictionary<(DateTimeOffset IssuedAt, string Source, CardLevel Level, string? Step), int> cards = new(InOrder);
    private readonly Dictionary<FindingKind, long> findings = [];
    private readonly Dictionary<Grade, int> grades = [];
    private int marks;

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => marks == 0;

    /// <summary>Its cards in the order of their legal instants.</summary>
    public IEnumerable<CardLevel> Cards => cards.SelectMany(card => Enumerable.Repeat(card.Key.Level, card.Value));

    /// <summary>How many were completed.</summary>
    public int Completed { get; private set; }

    /// <summary>The per cents of their limits that these had left, added up.</summary>
    public long EarlyPercents { get; private set; }

    /// <summary>How many cases were accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>The per cents by which their promises lie below the law's limits, added up.</summary>
    public long PromisePercents { get; private set; }

    /// <summary>Rectifications that were not answered in time.</summary>
    public int Overdue { get; private set; }

    /// <summary>The points that findings of a kind cost.</summary>
    public long PointsOf(FindingKind kind) => findings.GetValueOrDefault(kind);

    /// <summary>How often a grade was given.</summary>
    public int CountOf(Grade grade) => grades.GetValueOrDefault(grade);

    /// <summary>Takes a mark in, or with -1 out.</summary>
    internal void Count(string source, Mark mark, int sign)
    {
        marks += sign;
        switch (mark)
        {
            case Accepted accepted:
                Accepted += sign;
                PromisePercents += sign * accepted.PromisePercent;
                break;
            case Completed done:
                Completed += sign;
                EarlyPercents += sign * done.EarlyPercent;
                break;
            case CardScored card:
                var key = (card.IssuedAt, source, card.Level, card.Step);
                var count = cards.GetValueOrDefault(key) + sign;
                if (count == 0)
                    cards.Remove(key);
                else
                    cards[key] = count;
                break;
            case FindingScored finding:
                findings[finding.Kind] = PointsOf(finding.Kind) + (sign * finding.Points);
                break;
            case ServiceRated rated:
                grades[rated.Grade] = CountOf(rated.Grade) + sign;
                Overdue += rated.Overdue ? sign : 0;
                break;
        }
    }
}
