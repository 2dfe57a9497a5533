using Orleans;

namespace OneStop.Domain.Catalogue;

/// <summary>The licence (证照) that a grant of an item makes.</summary>
[GenerateSerializer, Immutable]
public sealed record LicenceStandard
{
    /// <summary>What the licence is called.</summary>
    [Id(0)]
    public required LocalizedText Name { get; init; }

    /// <summary>For how many calendar months it is valid, 1 to 1,200. Default: null, without end.</summary>
    [Id(1)]
    public int? ValidMonths { get; init; }

    /// <summary>After how many calendar months it is inspected each time (年检: 12). Default: null, never.</summary>
    [Id(2)]
    public int? InspectionMonths { get; init; }

    /// <summary>
    /// How many calendar days before an inspection or the end its holder and the department are told; from then on it can be renewed.
    /// Default: 60, so that 30 are left to ask for renewal in time (article 50).
    /// </summary>
    [Id(3)]
    public int NoticeDays { get; init; } = 60;

    internal IEnumerable<Fault> Faults()
    {
        if (string.IsNullOrWhiteSpace(Name?.Zh))
            yield return new("/name/zh", "required", "The Chinese name is missing.");
        if (string.IsNullOrWhiteSpace(Name?.En))
            yield return new("/name/en", "required", "The English name is missing.");
        if (ValidMonths is < 1 or > 1_200)
            yield return new("/validMonths", "out-of-range", "A licence is valid for 1 to 1,200 months; leave it out for one without end.");
        if (InspectionMonths is < 1 or > 1_200)
            yield return new("/inspectionMonths", "out-of-range", "A licence is inspected each 1 to 1,200 months; leave it out for none.");
        if (NoticeDays is < 0 or > 1_000)
            yield return new("/noticeDays", "out-of-range", "Notice is given 0 to 1,000 days before.");
    }
}
