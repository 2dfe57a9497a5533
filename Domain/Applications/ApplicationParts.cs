using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>One time span of waiting for acceptance: from receipt or supplement until somebody acted.</summary>
/// <param name="From">When it began.</param>
/// <param name="To">When it was accepted, refused, sent back for corrections or withdrawn; null while nobody acted.</param>
[GenerateSerializer, Immutable]
public sealed record AcceptanceRound(DateTimeOffset From, DateTimeOffset? To);

/// <summary>A special procedure of a case.</summary>
/// <param name="Procedure">The procedure.</param>
/// <param name="Days">Its announced length in working days.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended; null while it runs.</param>
[GenerateSerializer, Immutable]
public sealed record SpecialProcedureRun(SpecialProcedure Procedure, int Days, DateTimeOffset From, DateTimeOffset? To)
{
    /// <summary>The time that does not count because of it.</summary>
    public Suspension AsSuspension() => new(From, To, CamelCase.Of(Procedure));
}

/// <summary>One time that a step was done, or begun and taken back.</summary>
/// <param name="OpenedAt">When it opened.</param>
/// <param name="EndedAt">When it was completed or taken back.</param>
/// <param name="Person">The account that had it; null for nobody.</param>
/// <param name="Outcome">Its outcome; null when it was taken back.</param>
/// <param name="OpinionReference">Reference of the document that holds the opinion; null without one.</param>
/// <param name="Light">Its light at the end.</param>
[GenerateSerializer, Immutable]
public sealed record StepRun(
    DateTimeOffset OpenedAt, DateTimeOffset EndedAt, string? Person, StepOutcome? Outcome, string? OpinionReference, Light Light);

/// <summary>A step of a case.</summary>
/// <param name="Id">Its id in the item.</param>
/// <param name="Status">Where it is.</param>
[GenerateSerializer, Immutable]
public sealed record StepState(string Id, StepStatus Status)
{
    /// <summary>When it opened. Default: null, it waits.</summary>
    [Id(0)]
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The account that claimed or completed it. Default: null, nobody.</summary>
    [Id(1)]
    public string? Person { get; init; }

    /// <summary>When it was completed. Default: null, it is not.</summary>
    [Id(2)]
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Its outcome. Default: null, none yet.</summary>
    [Id(3)]
    public StepOutcome? Outcome { get; init; }

    /// <summary>Reference of the document that holds the opinion. Default: null, none.</summary>
    [Id(4)]
    public string? OpinionReference { get; init; }

    /// <summary>Its light. Default: green.</summary>
    [Id(5)]
    public Light Light { get; init; }

    /// <summary>The runs before this one, of a step that was done again. Default: none.</summary>
    [Id(6)]
    public ImmutableArray<StepRun> Earlier { get; init; } = [];

    /// <summary>What the clock of this run is called: the id, from the second run on with its ordinal.</summary>
    [JsonIgnore]
    public string Subject => SubjectOf(Id, Earlier.Length);

    /// <summary>Whether it can be worked on.</summary>
    [JsonIgnore]
    public bool IsRunning => Status is StepStatus.Open or StepStatus.Claimed;

    internal static string SubjectOf(string id, int before) => before == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}#{before + 1}");

    /// <summary>The step, opened: for the first time, or again with a clock of its own.</summary>
    internal StepState Opened(DateTimeOffset at) => Ended(at) with { Status = StepStatus.Open, OpenedAt = at };

    /// <summary>The step as if it had not been reached; what was done is kept as an earlier run.</summary>
    internal StepState TakenBack(DateTimeOffset at) => Ended(at);

    private StepState Ended(DateTimeOffset at) => new(Id, StepStatus.Waiting)
    {
        Earlier = OpenedAt is { } opened ? Earlier.Add(new(opened, CompletedAt ?? at, Person, Outcome, OpinionReference, Light)) : Earlier,
    };
}
