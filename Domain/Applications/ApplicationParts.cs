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

    /// <summary>Whether it can be worked on.</summary>
    [JsonIgnore]
    public bool IsRunning => Status is StepStatus.Open or StepStatus.Claimed;
}
