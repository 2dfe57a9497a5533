using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace OneStop.Domain.Supervision.Statistics;

/// <summary>Statistics as CSV (RFC 4180) for spreadsheets.</summary>
public static class StatisticsCsv
{
    private const string NewLine = "\r\n";

    private static readonly string[] Figures =
    [
        "accepted", "completed", "onTime", "early", "meanWorkingDays", "warnings", "yellows", "reds",
        "verySatisfied", "satisfied", "basicallySatisfied", "dissatisfied", "veryDissatisfied", "satisfiedPercent",
    ];

    /// <summary>The text; it begins with a byte order mark, or spreadsheets would not read its Chinese.</summary>
    public static string Of(ImmutableArray<StatisticsBy> by, IEnumerable<StatisticsLine> lines)
    {
        var text = new StringBuilder("\uFEFF");
        text.AppendJoin(',', by.Select(CamelCase.Of).Concat(Figures)).Append(NewLine);
        foreach (var line in lines)
            text.AppendJoin(',', line.Group.Select(Field).Concat(Values(line.Figures))).Append(NewLine);
        return text.ToString();
    }

    // As a spreadsheet shows it and does not run it: what looks like a formula is marked as text.
    private static string Field(string value)
    {
        var harmless = value is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? "'" + value : value;
        return harmless.AsSpan().ContainsAny(",\"\r\n") ? "\"" + harmless.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : harmless;
    }

    private static IEnumerable<string> Values(Tally figures)
    {
        var ratings = figures.Ratings;
        return new decimal?[]
        {
            figures.Accepted, figures.Completed, figures.OnTime, figures.Early, figures.MeanWorkingDays, figures.Warnings, figures.Yellows, figures.Reds,
            ratings.VerySatisfied, ratings.Satisfied, ratings.BasicallySatisfied, ratings.Dissatisfied, ratings.VeryDissatisfied, ratings.SatisfiedPercent,
        }.Select(value => value?.ToString(CultureInfo.InvariantCulture) ?? "");
    }
}
