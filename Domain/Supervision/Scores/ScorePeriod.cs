using System.Globalization;
using Orleans;

namespace OneStop.Domain.Supervision.Scores;

/// <summary>A month or a year that is scored.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">The month; null for the whole year.</param>
[GenerateSerializer, Immutable]
public sealed record ScorePeriod(int Year, int? Month)
{
    /// <summary>The first year that can be asked for.</summary>
    public const int FirstYear = 2000;

    /// <summary>The last one.</summary>
    public const int LastYear = 2199;

    /// <summary>The months it has.</summary>
    public IEnumerable<DateOnly> Months => Month is { } month ? [new DateOnly(Year, month, 1)] : Enumerable.Range(1, 12).Select(m => new DateOnly(Year, m, 1));

    /// <summary>The period before, to compare with.</summary>
    public ScorePeriod Before => Month switch
    {
        null => new(Year - 1, null),
        1 => new(Year - 1, 12),
        { } month => new(Year, month - 1),
    };

    /// <summary>Reads <c>2026-03</c> or <c>2026</c>.</summary>
    /// <exception cref="OneStopException"><c>validation</c>.</exception>
    public static ScorePeriod Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            throw Refusals.Validation("period", "required", "Say which month (2026-03) or year (2026).");
        foreach (var format in new[] { "yyyy-MM", "yyyy" })
            if (DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= FirstYear and <= LastYear)
                return new(day.Year, format.Length == 4 ? null : day.Month);
        throw Refusals.Validation("period", "malformed", $"A period is a month as 2026-03 or a year as 2026, from {FirstYear} to {LastYear}.");
    }

    /// <inheritdoc/>
    public override string ToString() => Month is { } month
        ? string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{month:00}")
        : Year.ToString("0000", CultureInfo.InvariantCulture);
}
