using System.Text.Json;

namespace OneStop.Silo.City;

/// <summary>What a year of the city was: the same seed and thinning, the same report.</summary>
/// <param name="Cases">How many cases came in.</param>
/// <param name="Open">How many of them have not ended.</param>
public sealed record CityReport(long Cases, long Open)
{
    /// <summary>Cases by the month in which they came in, such as <c>2025-03</c>.</summary>
    public SortedDictionary<string, long> Months { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Cases by the department in charge.</summary>
    public SortedDictionary<string, long> Departments { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Cases by the kind of their item.</summary>
    public SortedDictionary<string, long> Kinds { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Cases by the light they ended with.</summary>
    public SortedDictionary<string, long> Lights { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Cards issued, by level; also those that were withdrawn later.</summary>
    public SortedDictionary<string, long> Cards { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Cases by how they ended: granted or denied and delivered, refused, withdrawn, or ended in an outside system.</summary>
    public SortedDictionary<string, long> Ends { get; init; } = new(StringComparer.Ordinal);

    /// <summary>How it is written to a file.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The report as it is written.</summary>
    public string Text() => JsonSerializer.Serialize(this, Json);

    /// <summary>Its tables by name, for print.</summary>
    public IEnumerable<(string Name, SortedDictionary<string, long> Counts)> Tables() =>
        [("month", Months), ("department", Departments), ("kind", Kinds), ("light", Lights), ("cards", Cards), ("end", Ends)];
}
