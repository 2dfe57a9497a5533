using System.Collections.Immutable;
using Orleans;

namespace OneStop.Domain.Halls.Simulating;

/// <summary>The waits of one day, in seconds.</summary>
/// <param name="Called">Visitors called.</param>
/// <param name="NeverCalled">Visitors nobody called.</param>
/// <param name="Mean">Mean wait of those called.</param>
/// <param name="P50">Half of them waited at most this.</param>
/// <param name="P90">Nine of ten waited at most this.</param>
/// <param name="Longest">The longest wait.</param>
/// <param name="OverLimit">Waits over the hall's limit; who was never called counts.</param>
[GenerateSerializer, Immutable]
public sealed record WaitFigures(int Called, int NeverCalled, double Mean, double P50, double P90, double Longest, int OverLimit)
{
    /// <summary>The same by segment. Default: not told apart.</summary>
    [Id(0)]
    public ImmutableSortedDictionary<Segment, WaitFigures> BySegment { get; init; } = ImmutableSortedDictionary<Segment, WaitFigures>.Empty;

    /// <summary>The same by service. Default: not told apart.</summary>
    [Id(1)]
    public ImmutableSortedDictionary<string, WaitFigures> ByService { get; init; } = ImmutableSortedDictionary<string, WaitFigures>.Empty;

    /// <summary>Sums a day up.</summary>
    /// <param name="visits">Visitors with their waits; null for who was never called.</param>
    /// <param name="limit">The hall's waiting limit.</param>
    public static WaitFigures Of(IEnumerable<(Visit Visit, TimeSpan? Wait)> visits, TimeSpan limit)
    {
        var all = visits.ToList();
        return Plain(all, limit) with
        {
            BySegment = all.GroupBy(v => v.Visit.Segment).ToImmutableSortedDictionary(g => g.Key, g => Plain([.. g], limit)),
            ByService = all.GroupBy(v => v.Visit.Service).ToImmutableSortedDictionary(g => g.Key, g => Plain([.. g], limit), StringComparer.Ordinal),
        };
    }

    private static WaitFigures Plain(List<(Visit Visit, TimeSpan? Wait)> visits, TimeSpan limit)
    {
        double[] waits = [.. visits.Select(v => v.Wait).OfType<TimeSpan>().Select(w => w.TotalSeconds)];
        var never = visits.Count - waits.Length;
        return new WaitFigures(
            waits.Length,
            never,
            waits.Length == 0 ? 0 : waits.Average(),
            WaitSummary.Quantile(waits, 0.5),
            WaitSummary.Quantile(waits, 0.9),
            waits.Length == 0 ? 0 : waits.Max(),
            never + waits.Count(w => w > limit.TotalSeconds));
    }
}
