using System.Globalization;
using System.Text;

namespace OneStop.WebFrontend.Metrics;

/// <summary>What kind of metric a family is.</summary>
public enum MetricKind
{
    /// <summary>It only grows.</summary>
    Counter,

    /// <summary>It goes up and down.</summary>
    Gauge,

    /// <summary>Observations in buckets.</summary>
    Histogram,
}

/// <summary>An instrument's name as Prometheus wants it: snake case, the base unit at its end, counters with <c>_total</c>.</summary>
/// <param name="Name">The family's name.</param>
/// <param name="Unit">The base unit; empty when there is none.</param>
/// <param name="Scale">What a measurement is multiplied with to be in the base unit.</param>
public sealed record MetricName(string Name, string Unit, double Scale)
{
    // Endings that the exposition gives a meaning of its own.
    private static readonly string[] Reserved = ["_total", "_count", "_sum", "_bucket", "_info"];

    /// <summary>The name of an instrument.</summary>
    /// <param name="instrument">Its own name.</param>
    /// <param name="unit">Its unit (UCUM).</param>
    /// <param name="kind">What it becomes.</param>
    public static MetricName Of(string instrument, string? unit, MetricKind kind)
    {
        var name = SnakeCase(instrument);
        var (word, scale) = Base(unit, kind);
        foreach (var ending in Reserved)
        {
            if (!name.EndsWith(ending, StringComparison.Ordinal) || name.Length == ending.Length) continue;
            // A build's labels are told by a gauge of this very name.
            if (ending == "_info" && kind is MetricKind.Gauge) continue;
            name = name[..^ending.Length] + (ending == "_count" && kind is not MetricKind.Counter ? "_current" : "");
            break;
        }

        if (word.Length > 0 && !name.EndsWith("_" + word, StringComparison.Ordinal)) name += "_" + word;
        return new MetricName(kind is MetricKind.Counter ? name + "_total" : name, word, scale);
    }

    /// <summary>A label's name.</summary>
    public static string Label(string tag) => SnakeCase(tag);

    private static (string Word, double Scale) Base(string? unit, MetricKind kind) => unit switch
    {
        "s" => ("seconds", 1),
        "ms" => ("seconds", 1e-3),
        "us" or "μs" => ("seconds", 1e-6),
        "ns" => ("seconds", 1e-9),
        "By" or "bytes" => ("bytes", 1),
        "KiBy" or "KB" => ("bytes", 1 << 10),
        "MiBy" or "MB" => ("bytes", 1 << 20),
        "%" => ("ratio", 0.01),
        "1" when kind is MetricKind.Gauge => ("ratio", 1),
        _ => ("", 1),
    };

    private static string SnakeCase(string text)
    {
        var result = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterUpper(c))
            {
                if (i > 0 && (char.IsAsciiLetterLower(text[i - 1]) || char.IsAsciiDigit(text[i - 1]))) Separate(result);
                result.Append(char.ToLower(c, CultureInfo.InvariantCulture));
            }
            else if (char.IsAsciiLetterOrDigit(c))
            {
                result.Append(c);
            }
            else
            {
                Separate(result);
            }
        }

        while (result.Length > 0 && result[^1] == '_') result.Length--;
        if (result.Length == 0 || char.IsAsciiDigit(result[0])) result.Insert(0, "n_");
        return result.ToString();
    }

    private static void Separate(StringBuilder result)
    {
        if (result.Length > 0 && result[^1] != '_') result.Append('_');
    }
}
