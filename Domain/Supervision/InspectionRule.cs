using System.Collections.Immutable;
using OneStop.Domain.Notices;
using Orleans;

namespace OneStop.Domain.Supervision;

/// <summary>What a kind of finding means.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Points">Points it costs whoever answers for it.</param>
/// <param name="Tell">Who is told of it.</param>
[GenerateSerializer, Immutable]
public sealed record FindingRule(FindingKind Kind, int Points, ImmutableArray<Post> Tell);

/// <summary>What of logic, process and content inspection counts (S2 to S4): part of a rule, and so data.</summary>
/// <param name="Findings">The kinds that count; the others are not recorded.</param>
[GenerateSerializer, Immutable]
public sealed record InspectionRule(ImmutableArray<FindingRule> Findings)
{
    private const int MostPoints = 100;
    private const int MostRepeats = 100;

    /// <summary>How often a step may be done again that the process does not lead back to. Default: 0.</summary>
    [Id(0)]
    public int RepeatsAllowed { get; init; }

    /// <summary>By how many hundredths of a yuan a fee may differ from the standard. Default: 0.</summary>
    [Id(1)]
    public long FeeToleranceInFen { get; init; }

    /// <summary>Every kind counts one point, and nobody is told.</summary>
    public static InspectionRule Default { get; } = new([.. Enum.GetValues<FindingKind>().Select(kind => new FindingRule(kind, 1, []))]);

    /// <summary>What a kind means; null when it does not count.</summary>
    public FindingRule? Of(FindingKind kind) => Findings.FirstOrDefault(f => f.Kind == kind);

    /// <summary>Every fault, with its place.</summary>
    public IEnumerable<Fault> Faults(string pointer)
    {
        if (RepeatsAllowed is < 0 or > MostRepeats)
            yield return new($"{pointer}/repeatsAllowed", "out-of-range", $"A step may be done again 0 to {MostRepeats} times.");
        if (FeeToleranceInFen < 0)
            yield return new($"{pointer}/feeToleranceInFen", "out-of-range", "A tolerance is not negative.");
        for (var i = 0; i < Findings.Length; i++)
        {
            if (Findings[i].Points is < 0 or > MostPoints)
                yield return new($"{pointer}/findings/{i}/points", "out-of-range", $"A finding costs 0 to {MostPoints} points.");
            if (Findings[i].Tell.IsDefault)
                yield return new($"{pointer}/findings/{i}/tell", "required", "Say who is told, or that nobody is: [].");
            if (Findings.Take(i).Any(f => f.Kind == Findings[i].Kind))
                yield return new($"{pointer}/findings/{i}", "repeated", "This kind stands there already.");
        }
    }
}
