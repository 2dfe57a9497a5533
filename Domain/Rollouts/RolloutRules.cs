using System.Collections.Immutable;
using OneStop.Domain.Applications;

namespace OneStop.Domain.Rollouts;

/// <summary>The course of a rollout: passes over all running cases until nobody is left behind.</summary>
public static class RolloutRules
{
    /// <summary>
    /// How long after a pass the next one begins: longer than a process needs to hear of new definitions, so that it finds the cases that
    /// were taken in under the old ones meanwhile.
    /// </summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    /// <summary>When another process takes over from one that does not get on.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Orders it.</summary>
    /// <returns>An event, or the refusal <c>already-started</c>.</returns>
    public static Decision<RolloutEvent> Start(RolloutState state, RolloutPlan plan, string actor, DateTimeOffset now) => state.Plan is null
        ? Decision<RolloutEvent>.Of(new RolloutStarted(now, actor, plan))
        : Refusals.Conflict("already-started", "There is a rollout under this id.");

    /// <summary>Notes how many cases there are.</summary>
    public static Decision<RolloutEvent> Count(RolloutState state, long cases, DateTimeOffset now) => state is { Runs: true, Of: null }
        ? Decision<RolloutEvent>.Of(new RolloutCounted(now, state.By, cases))
        : Decision<RolloutEvent>.Nothing;

    /// <summary>
    /// Notes what became of the cases of a page. A trial looks once; what changes cases ends with a pass that found everybody, after the first.
    /// </summary>
    /// <param name="state">The rollout.</param>
    /// <param name="changes">What became of the cases that could be reached.</param>
    /// <param name="failed">How many could not.</param>
    /// <param name="after">The last case of the page; null when it was the last page.</param>
    /// <param name="now">The present.</param>
    public static Decision<RolloutEvent> Advance(RolloutState state, ImmutableArray<CaseChange> changes, int failed, string? after, DateTimeOffset now)
    {
        if (!state.Runs)
            return Decision<RolloutEvent>.Nothing;
        var done = changes.Where(change => change.Refusal is null).ToImmutableArray();
        var figures = new RolloutFigures(
            done.Length, done.Count(change => change.Moves), done.Sum(change => change.Withdrawn.Length), done.Sum(change => change.Issued.Length),
            changes.Length - done.Length, failed);
        var advanced = new RolloutAdvanced(now, state.By, after, figures);
        var next = state.Evolve(advanced);
        var isDone = after is null && next.Figures.Failed == 0 && (state.Plan!.DryRun || next.Passes > 1);
        return isDone ? Decision<RolloutEvent>.Of(advanced, new RolloutFinished(now, state.By)) : Decision<RolloutEvent>.Of(advanced);
    }

    /// <summary>When it is to be woken next; null when it is done.</summary>
    public static DateTimeOffset? NextWakeUp(RolloutState state) => state switch
    {
        { Runs: false } => null,
        { Of: null } => state.LastAt,
        { Rests: true } => state.LastAt + Rest,
        _ => state.LastAt + Patience,
    };
}
