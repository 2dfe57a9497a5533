using System.Text.Json;

namespace OneStop.Bench;

/// <summary>One figure of a run.</summary>
/// <param name="What">What was done.</param>
/// <param name="On">The store or runtime.</param>
/// <param name="Callers">How many did it at the same time.</param>
/// <param name="PerSecond">How often a second.</param>
public sealed record Figure(string What, string On, int Callers, double PerSecond)
{
    /// <summary>How figures are written to a file.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The share of what the same appends reach without grains. Default: null, there is nothing to compare with.</summary>
    public double? OfWithout { get; init; }

    /// <summary>How many times what Orleans' own storage does with the same payloads as state. Default: null, it was not compared.</summary>
    public double? TimesStock { get; init; }
}
