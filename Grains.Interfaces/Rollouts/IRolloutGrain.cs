using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Rollouts;
using Orleans;

namespace OneStop.Grains.Interfaces.Rollouts;

/// <summary>
/// One rollout: brings a changed calendar, time rule or item to every running case, or tries it out; the key is its id. It goes on where
/// it was after any crash.
/// </summary>
public interface IRolloutGrain : IWakeable
{
    /// <summary>Orders it.</summary>
    /// <exception cref="Domain.OneStopException"><c>already-started</c>.</exception>
    Task<RolloutView> Start(CommandInfo info, RolloutPlan plan);

    /// <summary>How far it is.</summary>
    /// <exception cref="Domain.OneStopException"><c>unknown-rollout</c>.</exception>
    Task<RolloutView> View();

    /// <summary>What became of the cases that moved or were refused, by their numbers.</summary>
    /// <exception cref="Domain.OneStopException"><c>unknown-rollout</c>.</exception>
    Task<ImmutableArray<CaseChange>> Cases(string? after, int limit);
}

/// <summary>A rollout as it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What is brought.</param>
/// <param name="Code">Code of the calendar or item.</param>
/// <param name="Version">The version that cases get.</param>
/// <param name="DryRun">Whether nothing is changed.</param>
/// <param name="State">Where it is in its course.</param>
/// <param name="StartedAt">When it was ordered.</param>
/// <param name="FinishedAt">When it was done; null while it runs.</param>
/// <param name="Of">How many cases there were at the start; null while they are not counted.</param>
/// <param name="Figures">What was done so far.</param>
[GenerateSerializer, Immutable]
public sealed record RolloutView(
    string Id,
    RolloutKind Kind,
    string Code,
    int Version,
    bool DryRun,
    RolloutStanding State,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    long? Of,
    RolloutFigures Figures);

/// <summary>Where a rollout is in its course.</summary>
[GenerateSerializer, System.Text.Json.Serialization.JsonConverter(typeof(Domain.CamelCaseEnumConverter<RolloutStanding>))]
public enum RolloutStanding
{
    /// <summary>It goes through cases.</summary>
    Running,

    /// <summary>It has been through all of them and looks once more for late ones shortly.</summary>
    Resting,

    /// <summary>It is done.</summary>
    Finished,
}

/// <summary>What a case is to follow.</summary>
/// <param name="Rollout">Id of the rollout.</param>
/// <param name="Kind">What is brought.</param>
/// <param name="Definitions">How far the record of the definitions has to be read for it.</param>
/// <param name="DryRun">Whether nothing is to change.</param>
[GenerateSerializer, Immutable]
public sealed record RolloutStep(string Rollout, RolloutKind Kind, long Definitions, bool DryRun);
