using OneStop.Domain.Applications;
using OneStop.Domain.Rollouts;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Rollouts;
using OneStop.Grains.Records;

namespace OneStop.Grains.Applications;

/// <summary>A case follows changed definitions.</summary>
public sealed partial class ApplicationGrain
{
    /// <inheritdoc/>
    public async Task<CaseChange> Follow(CommandInfo info, Actor actor, RolloutStep step)
    {
        await definitions.AtLeastAsync(Journal, step.Definitions);
        var slept = !IsLoaded;
        await LoadAsync();
        ThrowIfUnknown();
        var command = await CommandOfAsync(step);
        var change = step.DryRun ? await TriedAsync(command, actor, step) : await FollowedAsync(info, command, actor);
        // Nobody else asked for this case: a rollout must not keep every running case of a city in memory.
        if (slept && feed is null) DeactivateOnIdle();
        return change;
    }

    private async ValueTask<ApplicationCommand> CommandOfAsync(RolloutStep step)
    {
        if (step.Kind == RolloutKind.Calendar) return new ReplanApplication();
        var item = definitions.Item(State.Item?.Code ?? "");
        return step.Kind == RolloutKind.TimeRule ? new ChangeTimeRule(item.TimeRule) : new MigrateApplication(item, await AnswersAsync(item));
    }

    private async ValueTask<CaseChange> TriedAsync(ApplicationCommand command, Actor actor, RolloutStep step)
    {
        var book = step.Kind == RolloutKind.Calendar
            ? RuleBook.For(State, await definitions.ProposedAsync(Journal, step.Rollout), _ => Calendar)
            : BookOf(State);
        return CaseChange.Of(State, ApplicationRules.Decide(State, command, actor, book, Now).OrThrow(), book);
    }

    private async ValueTask<CaseChange> FollowedAsync(CommandInfo info, ApplicationCommand command, Actor actor)
    {
        var (before, book) = (State, BookOf(State));
        return (await ExecuteAsync(
            info,
            (state, now) =>
            {
                (before, book) = (state, BookOf(state));
                return ApplicationRules.Decide(state, command, actor, book, now);
            },
            (_, events) => CaseChange.Of(before, events, book),
            static (_, _, _) => Companion.None)).Answer;
    }
}
