using Orleans;

namespace OneStop.Domain.Rollouts;

/// <summary>What happens to a rollout.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who did it.</param>
[GenerateSerializer, Immutable]
public abstract record RolloutEvent(DateTimeOffset At, string Actor) : IDomainEvent;

/// <summary>It was ordered.</summary>
[GenerateSerializer, Immutable, EventType("rollout.started", 1)]
public sealed record RolloutStarted(DateTimeOffset At, string Actor, RolloutPlan Plan) : RolloutEvent(At, Actor);

/// <summary>The cases that it goes through were counted.</summary>
[GenerateSerializer, Immutable, EventType("rollout.counted", 1)]
public sealed record RolloutCounted(DateTimeOffset At, string Actor, long Cases) : RolloutEvent(At, Actor);

/// <summary>Cases were gone through.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who ordered it.</param>
/// <param name="After">The last case in the order of their numbers; null at the end of a pass.</param>
/// <param name="Figures">What was done.</param>
[GenerateSerializer, Immutable, EventType("rollout.advanced", 1)]
public sealed record RolloutAdvanced(DateTimeOffset At, string Actor, string? After, RolloutFigures Figures) : RolloutEvent(At, Actor);

/// <summary>Every running case was gone through.</summary>
[GenerateSerializer, Immutable, EventType("rollout.finished", 1)]
public sealed record RolloutFinished(DateTimeOffset At, string Actor) : RolloutEvent(At, Actor);

/// <summary>
/// What a rollout did, or would do. A page that a crash cut off, and a case that a command planned again before the rollout came to it,
/// are not counted; what became of them is in their own records.
/// </summary>
/// <param name="Cases">Cases gone through.</param>
/// <param name="Moved">Those of them of which a deadline or a card changed.</param>
/// <param name="Withdrawn">Cards withdrawn.</param>
/// <param name="Issued">Cards issued.</param>
/// <param name="Refused">Cases of which nothing could be changed; the list says why.</param>
/// <param name="Failed">Cases that could not be reached and are gone to again.</param>
[GenerateSerializer, Immutable]
public sealed record RolloutFigures(int Cases, int Moved, int Withdrawn, int Issued, int Refused, int Failed)
{
    /// <summary>Nothing.</summary>
    public static RolloutFigures None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Both together.</summary>
    public RolloutFigures Plus(RolloutFigures other) => new(
        Cases + other.Cases, Moved + other.Moved, Withdrawn + other.Withdrawn, Issued + other.Issued, Refused + other.Refused, Failed + other.Failed);
}

/// <summary>A rollout as its events made it.</summary>
/// <param name="Plan">What it does; null before it is ordered.</param>
/// <param name="By">Who ordered it.</param>
/// <param name="StartedAt">When it was ordered.</param>
/// <param name="LastAt">When it last got on.</param>
/// <param name="FinishedAt">When every running case had been gone through; null while it runs.</param>
/// <param name="Of">How many cases there were at the start; null while they are not counted.</param>
/// <param name="After">The last case gone through in this pass; null at its beginning.</param>
/// <param name="Passes">Passes that were ended.</param>
/// <param name="Figures">What was done.</param>
[GenerateSerializer, Immutable]
public sealed record RolloutState(
    RolloutPlan? Plan,
    string By,
    DateTimeOffset StartedAt,
    DateTimeOffset LastAt,
    DateTimeOffset? FinishedAt,
    long? Of,
    string? After,
    int Passes,
    RolloutFigures Figures)
{
    /// <summary>Nothing was ordered.</summary>
    public static RolloutState Initial { get; } = new(null, "", default, default, null, null, null, 0, RolloutFigures.None);

    /// <summary>Whether there is something to do.</summary>
    public bool Runs => Plan is not null && FinishedAt is null;

    /// <summary>Whether it waits between two passes.</summary>
    public bool Rests => Runs && Passes > 0 && After is null;

    /// <summary>The state after an event.</summary>
    public RolloutState Evolve(RolloutEvent happened) => happened switch
    {
        RolloutStarted e => Initial with { Plan = e.Plan, By = e.Actor, StartedAt = e.At, LastAt = e.At },
        RolloutCounted e => this with { Of = e.Cases, LastAt = e.At },
        RolloutAdvanced e => this with
        {
            After = e.After,
            Passes = e.After is null ? Passes + 1 : Passes,
            Figures = Begun.Plus(e.Figures),
            LastAt = e.At,
        },
        RolloutFinished e => this with { FinishedAt = e.At, LastAt = e.At },
        _ => this,
    };

    // Who was refused or not reached is gone to again in the next pass and counts again then.
    private RolloutFigures Begun => !Rests ? Figures : Plan!.DryRun ? RolloutFigures.None : Figures with { Refused = 0, Failed = 0 };
}
