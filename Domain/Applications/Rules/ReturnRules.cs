using OneStop.Domain.Processes;

namespace OneStop.Domain.Applications;

/// <summary>Sending one branch back (A8).</summary>
internal static class ReturnRules
{
    public static OneStopException? Return(Deliberation d, ReturnStep command)
    {
        if (d.State.Item?.Steps.FirstOrDefault(s => s.Id == command.StepId) is not { } definition || d.State.Step(command.StepId) is not { } step)
            return Refusals.Unknown("step", command.StepId);
        if (!d.Actor.Works(d.State.Item.Department) && !d.State.Item.Involves(d.Actor.Department))
            return Permissions.Refused("the staff of a department involved");
        if (d.State.Status != ApplicationStatus.Handling)
            return d.WrongState("handling");
        var found = Find(d.State, step);
        if (found is null)
        {
            return Refusals.WrongState(step.Status == StepStatus.Waiting
                ? $"The step {definition.Name.En} was not reached yet."
                : $"The step {definition.Name.En} cannot go back now: no single step lies before it, or others have begun after it.");
        }

        var takenBack = d.State.Item.Steps.FirstOrDefault(s => s.Id == found.TakenBack);
        if (!d.Actor.Works(d.State.Item.Department) && !d.Actor.MayDo(definition) && (takenBack is null || !d.Actor.MayDo(takenBack)))
            return Permissions.Refused("the staff of the department in charge, and those who may do the step or the one after it,");
        if (string.IsNullOrWhiteSpace(command.ReasonReference))
            return Permissions.Required("/reason", "Say why the step is sent back.");
        d.Record(new StepReturned(d.At, d.By, found.Step, found.TakenBack, d.State.Item.Process is null ? [] : found.Tokens, command.ReasonReference));
        // What a rejection held up goes on when the rejection is taken back.
        StepRules.Continue(d, d.By, d.At);
        return null;
    }

    private static BranchReturn? Find(ApplicationState state, StepState step)
    {
        var graph = state.Item!.Graph;
        if (step.IsRunning)
        {
            return BranchReturn.Before(graph, step.Id).Select(id => state.Step(id)!).Where(s => s.Status == StepStatus.Done).MaxBy(s => s.CompletedAt) is { } before
                ? new(before.Id, step.Id, [.. state.Marking])
                : null;
        }

        if (step.Status != StepStatus.Done)
            return null;
        return state.IsVeto(step)
            ? new(step.Id, null, [.. state.Marking])
            : BranchReturn.OfDone(graph, step.Id, id => state.Step(id) is { IsRunning: true }, [.. state.Marking]);
    }
}
