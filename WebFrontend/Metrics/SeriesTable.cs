using System.Globalization;
using System.Text;

namespace OneStop.WebFrontend.Metrics;

/// <summary>
/// The series of a family, found by the tags of a measurement without making anything on the way. There are only so many:
/// beyond that what comes under new labels is dropped.
/// </summary>
internal sealed class SeriesTable(double[] bounds, int most)
{
    private const int LongestValue = 120;

    // Tags that would make a series for each place in the network or each start of a process, or tell nothing.
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "Destination", "silo", "BlockPoolId", "url.scheme", "network.protocol.name", "network.protocol.version", "network.transport", "network.type",
        "server.address", "server.port", "aspnetcore.request.is_unhandled",
    };

    private readonly Lock gate = new();
    private volatile Dictionary<int, Known[]> known = [];
    private volatile Series[] all = [];

    /// <summary>All series there are, in the order in which they came.</summary>
    public Series[] All => all;

    /// <summary>The series of these tags; null when there are too many.</summary>
    public Series? Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = HashOf(tags);
        if (known.TryGetValue(hash, out var candidates))
            foreach (var candidate in candidates)
                if (AreSame(tags, candidate.Tags))
                    return candidate.Series;
        return Add(hash, tags);
    }

    private static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = default(HashCode);
        foreach (var (key, value) in tags)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    private static bool AreSame(ReadOnlySpan<KeyValuePair<string, object?>> tags, KeyValuePair<string, object?>[] others)
    {
        if (tags.Length != others.Length) return false;
        for (var i = 0; i < others.Length; i++)
            if (tags[i].Key != others[i].Key || !Equals(tags[i].Value, others[i].Value))
                return false;
        return true;
    }

    private Series? Add(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        lock (gate)
        {
            var series = Array.Find(all, s => s.Labels == labels);
            // Other tags may be written the same; these are remembered too, up to the same limit.
            if ((series is null && all.Length >= most) || known.Count >= 4 * most) return series;
            if (series is null)
            {
                series = new Series(labels, bounds);
                all = [.. all, series];
            }

            var entry = new Known(tags.ToArray(), series);
            known = new Dictionary<int, Known[]>(known) { [hash] = known.TryGetValue(hash, out var others) ? [.. others, entry] : [entry] };
            return series;
        }
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
            if (!Dropped.Contains(key) && value is not null)
                labels[MetricName.Label(key)] = Text(value);
        var written = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            if (written.Length > 0) written.Append(',');
            written.Append(name).Append("=\"");
            foreach (var c in value)
                _ = c switch { '\\' => written.Append(@"\\"), '"' => written.Append("\\\""), '\n' => written.Append("\\n"), _ => written.Append(c) };
            written.Append('"');
        }

        return written.ToString();
    }

    private static string Text(object value)
    {
        var text = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        // Half of a surrogate pair would make the whole page unreadable.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length <= LongestValue ? text : text[..LongestValue]));
    }

    private sealed record Known(KeyValuePair<string, object?>[] Tags, Series Series);
}
