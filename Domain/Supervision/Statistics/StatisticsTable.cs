using System.Collections.Immutable;
using System.Globalization;
using OneStop.Domain.Catalogue;
using Orleans;

namespace OneStop.Domain.Supervision.Statistics;

/// <summary>One line of statistics.</summary>
/// <param name="Group">What it counts, in the order of what was asked for; empty where something belongs to none.</param>
/// <param name="Figures">Its figures.</param>
[GenerateSerializer, Immutable]
public sealed record StatisticsLine(ImmutableArray<string> Group, Tally Figures);

/// <summary>Groups what a ledger has counted.</summary>
public static class StatisticsTable
{
    /// <summary>The lines of a period, in the order of their groups.</summary>
    /// <param name="ledger">The ledger of a year; days of other years are not in it.</param>
    /// <param name="question">What is asked for.</param>
    /// <param name="town">Says which level of government a department belongs to.</param>
    public static ImmutableArray<StatisticsLine> Of(PerformanceLedger ledger, StatisticsQuestion question, TownDefinition town)
    {
        var levels = town.Departments.ToDictionary(d => d.Code, d => CamelCase.Of(d.Level ?? RegionLevel.Of(town.Region.Code)));
        return Merged(
            from cell in ledger.Cells
            where cell.Key.Day >= question.From && cell.Key.Day <= question.To && cell.Key.Step is null != question.OfPosts
            group cell.Value by new Words(question.By.Select(wanted => Word(wanted, cell.Key, levels))) into line
            select new StatisticsLine(line.Key.Values, line.Aggregate(Tally.None, (sum, tally) => sum.Plus(tally))));
    }

    /// <summary>Lines of the same group as one, in the order of their groups.</summary>
    public static ImmutableArray<StatisticsLine> Merged(IEnumerable<StatisticsLine> lines) =>
    [
        .. lines.GroupBy(line => new Words(line.Group))
            .Select(group => new StatisticsLine(group.Key.Values, group.Aggregate(Tally.None, (sum, line) => sum.Plus(line.Figures))))
            .OrderBy(line => string.Join('\n', line.Group), StringComparer.Ordinal),
    ];

    private static string Word(StatisticsBy by, Cell cell, Dictionary<string, string> levels) => by switch
    {
        StatisticsBy.Department => cell.Department,
        StatisticsBy.Item => cell.Item,
        StatisticsBy.Post => $"{cell.Item}/{cell.Step}",
        StatisticsBy.Day => cell.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        StatisticsBy.Month => cell.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        StatisticsBy.Year => cell.Day.ToString("yyyy", CultureInfo.InvariantCulture),
        _ => levels.GetValueOrDefault(cell.Department, ""),
    };

    // Lists of words are equal when their words are.
    private readonly struct Words(IEnumerable<string> words) : IEquatable<Words>
    {
        public ImmutableArray<string> Values { get; } = [.. words];

        public bool Equals(Words other) => Values.AsSpan().SequenceEqual(other.Values.AsSpan());

        public override bool Equals(object? obj) => obj is Words other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var word in Values)
                hash.Add(word, StringComparer.Ordinal);
            return hash.ToHashCode();
        }
    }
}
