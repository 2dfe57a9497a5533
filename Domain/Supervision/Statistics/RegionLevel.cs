using OneStop.Domain.Catalogue;

namespace OneStop.Domain.Supervision.Statistics;

/// <summary>The level of government that an administrative code stands for (GB/T 2260; below the county 9 and 12 digits).</summary>
internal static class RegionLevel
{
    private const int TownshipDigits = 9;

    public static GovernmentLevel Of(string code) => code.Length switch
    {
        > TownshipDigits when !code.EndsWith("000", StringComparison.Ordinal) => GovernmentLevel.Community,
        >= TownshipDigits => GovernmentLevel.Township,
        _ when code.EndsWith("0000", StringComparison.Ordinal) => GovernmentLevel.Province,
        _ when code.EndsWith("00", StringComparison.Ordinal) => GovernmentLevel.City,
        _ => GovernmentLevel.County,
    };
}
