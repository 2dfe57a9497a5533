using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using OneStop.Domain.Supervision.Scores;
using Orleans;

namespace OneStop.Domain.Supervision.Statistics;

/// <summary>By what statistics are grouped.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<StatisticsBy>))]
public enum StatisticsBy
{
    /// <summary>By department (部门).</summary>
    Department,

    /// <summary>By item (事项).</summary>
    Item,

    /// <summary>By post (岗位), that is by step of an item: steps are counted and no cases.</summary>
    Post,

    /// <summary>By day.</summary>
    Day,

    /// <summary>By month.</summary>
    Month,

    /// <summary>By year.</summary>
    Year,

    /// <summary>By level of government.</summary>
    Level,
}

/// <summary>What statistics are asked for (S9).</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, which counts too.</param>
/// <param name="By">By what; several make combinations.</param>
[GenerateSerializer, Immutable]
public sealed record StatisticsQuestion(DateOnly From, DateOnly To, ImmutableArray<StatisticsBy> By)
{
    /// <summary>The longest period, in days.</summary>
    public const int MostDays = 366;

    private const int MostGroupings = 3;

    /// <summary>Whether steps are counted instead of cases.</summary>
    public bool OfPosts => By.Contains(StatisticsBy.Post);

    /// <summary>Reads a question; every fault is named at once.</summary>
    /// <param name="from">The first day, as 2026-03-01.</param>
    /// <param name="to">The last day.</param>
    /// <param name="by">Words with commas between, such as <c>department,month</c>.</param>
    /// <exception cref="OneStopException"><c>validation</c>.</exception>
    public static StatisticsQuestion Parse(string? from, string? to, string? by)
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        var (first, last) = (Day("from", from), Day("to", to));
        if (first > last)
            faults.Add(new("from", "after-to", "The first day is not after the last one."));
        else if (last is not null && last.Value.DayNumber - first?.DayNumber >= MostDays)
            faults.Add(new("to", "out-of-range", $"A period has at most {MostDays} days."));
        var groupings = By(by);
        if (faults.Count > 0)
            throw Refusals.Validation([.. faults]);
        return new(first!.Value, last!.Value, groupings);

        DateOnly? Day(string name, string? text)
        {
            if (string.IsNullOrEmpty(text))
                faults.Add(new(name, "required", "Say the first and the last day, as 2026-03-01."));
            else if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                faults.Add(new(name, "malformed", "A day is written as 2026-03-01."));
            else if (day.Year is < ScorePeriod.FirstYear or > ScorePeriod.LastYear)
                faults.Add(new(name, "out-of-range", $"A day lies in the years {ScorePeriod.FirstYear} to {ScorePeriod.LastYear}."));
            else
                return day;
            return null;
        }

        ImmutableArray<StatisticsBy> By(string? text)
        {
            var known = Enum.GetValues<StatisticsBy>().ToDictionary(CamelCase.Of);
            var words = (text ?? CamelCase.Of(StatisticsBy.Department)).Split(',');
            if (words.Any(word => !known.ContainsKey(word)))
                faults.Add(new("by", "not-one-of", "One or several of, with commas between: " + string.Join(", ", known.Keys) + "."));
            else if (words.Length > MostGroupings || words.Distinct().Count() < words.Length)
                faults.Add(new("by", "out-of-range", $"At most {MostGroupings} different words."));
            else
                return [.. words.Select(word => known[word])];
            return [];
        }
    }
}
