using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OneStop.Web.Tests.Operation;

/// <summary>The expressions in dashboards and alert rules, and the metrics that they name.</summary>
internal static partial class Expressions
{
    private static readonly HashSet<string> Words =
        ["by", "without", "on", "ignoring", "group_left", "group_right", "and", "or", "unless", "bool", "offset", "inf", "nan"];

    /// <summary>Each expression with where it stands.</summary>
    public static (string Where, string Expression)[] All() => [.. Dashboards(), .. Rules()];

    /// <summary>The metrics that an expression names.</summary>
    public static string[] Metrics(string expression)
    {
        var bare = Labels().Replace(Quoted().Replace(expression, ""), "");
        bare = Grouping().Replace(Range().Replace(bare, ""), "");
        return [.. Name().Matches(bare).Select(match => match.Value).Where(name => !Words.Contains(name)).Distinct()];
    }

    private static IEnumerable<(string, string)> Dashboards() =>
        from file in Directory.GetFiles(Path.Combine(Tool.Sources, "Dashboards", "grafana", "dashboards"), "*.json")
        from panel in JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray()
        from target in panel!["targets"]!.AsArray()
        select (Path.GetFileName(file) + ": " + panel["title"], target!["expr"]!.GetValue<string>());

    // The rules are YAML; only the expressions matter here, on one line or folded.
    private static IEnumerable<(string, string)> Rules() =>
        from file in Directory.GetFiles(Path.Combine(Tool.Sources, "Dashboards", "rules"), "*.yml")
        from Match rule in Rule().Matches(File.ReadAllText(file))
        select (Path.GetFileName(file) + ": " + rule.Groups["alert"].Value, rule.Groups["expr"].Value.Replace(">-", "", StringComparison.Ordinal).Trim());

    [GeneratedRegex(@"- alert: (?<alert>\w+)\n\s+expr: (?<expr>.*?)\n\s+(for|labels):", RegexOptions.Singleline)]
    private static partial Regex Rule();

    [GeneratedRegex("""("[^"]*")|('[^']*')""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?<![\w:.])[a-zA-Z_:][\w:]*\b(?!\s*\()")]
    private static partial Regex Name();
}
