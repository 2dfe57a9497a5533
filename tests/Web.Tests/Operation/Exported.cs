namespace OneStop.Web.Tests.Operation;

/// <summary>What a scrape holds.</summary>
internal sealed class Exported
{
    private readonly string text;

    public Exported(string text)
    {
        this.text = text;
        foreach (var words in text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')))
            Names.UnionWith(words[3] == "histogram" ? [words[2] + "_bucket", words[2] + "_sum", words[2] + "_count"] : [words[2]]);
    }

    /// <summary>Every name that a sample can have.</summary>
    public HashSet<string> Names { get; } = [];

    /// <summary>The value of a series as it is written, such as <c>x{hall="y"}</c>; null when it is not there.</summary>
    public double? this[string series] =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal)) is { } found
            ? double.Parse(found[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture)
            : null;
}
