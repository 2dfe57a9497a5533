using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Supervision;

/// <summary>When a clock reaches a level.</summary>
/// <param name="Level">The level.</param>
/// <param name="Clock">The clock.</param>
/// <param name="OffsetWorkingDays">
/// Working days from the clock's limit: -2 is two working days before, 0 as soon as it is exceeded, 1 as soon as it
/// is exceeded by more than one working day.
/// </param>
[GenerateSerializer, Immutable]
public sealed record CardThreshold(CardLevel Level, ClockKind Clock, int OffsetWorkingDays);

/// <summary>A rule of time inspection (时限监察) as data: which clock gives which card when (S1, S5).</summary>
/// <param name="Code">Its code.</param>
/// <param name="Version">Grows with each change; a card names the version it was issued under.</param>
/// <param name="Cards">When cards are issued; at most one entry for a level and clock.</param>
/// <param name="StepLights">When the light of a step changes, without a card.</param>
[GenerateSerializer, Immutable]
public sealed record TimeRule(string Code, int Version, ImmutableArray<CardThreshold> Cards, ImmutableArray<CardThreshold> StepLights)
{
    /// <summary>Who is told of its cards. Default: null, see <see cref="Escalation.Default"/>.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Escalation? Escalation { get; init; }

    /// <summary>What of the inspections counts. Default: null, see <see cref="InspectionRule.Default"/>.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public InspectionRule? Inspection { get; init; }

    /// <summary>What of the inspections counts now.</summary>
    [JsonIgnore]
    public InspectionRule Inspections => Inspection ?? InspectionRule.Default;

    /// <summary>The ladder in force.</summary>
    [JsonIgnore]
    public Escalation Ladder => Escalation ?? Escalation.Default;

    private static readonly ImmutableArray<CardThreshold> DefaultStepLights =
        [new(CardLevel.Warning, ClockKind.Step, -1), new(CardLevel.Yellow, ClockKind.Step, 0)];

    private static readonly ImmutableArray<CardThreshold> ProcedureAndIntake =
    [
        new(CardLevel.Warning, ClockKind.SpecialProcedure, -2),
        new(CardLevel.Yellow, ClockKind.SpecialProcedure, 0),
        new(CardLevel.Red, ClockKind.SpecialProcedure, 1),
        new(CardLevel.Warning, ClockKind.PreAcceptance, 0),
        new(CardLevel.Yellow, ClockKind.PreAcceptance, 3),
        new(CardLevel.Red, ClockKind.PreAcceptance, 5),
    ];

    /// <summary>
    /// The default for applications: warning two working days before the promise, yellow when it is exceeded, red when
    /// the statutory limit is; with the defaults for special procedures and the time before acceptance. An item
    /// without a promise has no committed clock and therefore only the red card.
    /// </summary>
    public static TimeRule Default { get; } = new(
        "default",
        1,
        [
            new(CardLevel.Warning, ClockKind.Committed, -2),
            new(CardLevel.Yellow, ClockKind.Committed, 0),
            new(CardLevel.Red, ClockKind.Statutory, 0),
            .. ProcedureAndIntake,
        ],
        DefaultStepLights);

    /// <summary>The default for complaints and consultations: two before, exceeded, exceeded by more than one working day.</summary>
    public static TimeRule Complaint { get; } = new(
        "complaint",
        1,
        [
            new(CardLevel.Warning, ClockKind.Statutory, -2),
            new(CardLevel.Yellow, ClockKind.Statutory, 0),
            new(CardLevel.Red, ClockKind.Statutory, 1),
            .. ProcedureAndIntake,
        ],
        DefaultStepLights);

    /// <summary>Every fault of the rule; empty when it can be used.</summary>
    public ImmutableArray<Fault> Validate()
    {
        var faults = ImmutableArray.CreateBuilder<Fault>();
        if (string.IsNullOrWhiteSpace(Code))
            faults.Add(new("/code", "required", "A rule needs a code."));
        if (Version < 1)
            faults.Add(new("/version", "out-of-range", "Versions begin at 1."));
        Check("/cards", Cards, faults);
        Check("/stepLights", StepLights, faults);
        if (Escalation is { } ladder)
            faults.AddRange(ladder.Faults("/escalation"));
        if (Inspection is { } inspection)
            faults.AddRange(inspection.Faults("/inspection"));
        return faults.ToImmutable();
    }

    private static void Check(string pointer, ImmutableArray<CardThreshold> thresholds, ImmutableArray<Fault>.Builder faults)
    {
        for (var i = 0; i < thresholds.Length; i++)
        {
            var threshold = thresholds[i];
            if (Math.Abs(threshold.OffsetWorkingDays) > 250)
                faults.Add(new($"{pointer}/{i}/offsetWorkingDays", "out-of-range", "A level stands at most 250 working days from the limit."));
            if (threshold.Clock == ClockKind.Explanation)
                faults.Add(new($"{pointer}/{i}/clock", "wrong-clock", "The time to explain a card gives no card; the ladder says who is told that it passed."));
            if (thresholds.Take(i).Any(t => t.Level == threshold.Level && t.Clock == threshold.Clock))
                faults.Add(new($"{pointer}/{i}", "repeated", "A clock has at most one threshold for a level."));
        }
    }
}
