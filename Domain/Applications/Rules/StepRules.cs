using OneStop.Domain.Catalogue;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>Steps and branches (A8): the steps of a stage run in parallel, stages one after another.</summary>
internal static class StepRules
{
    public static OneStopException? Claim(Deliberation d, ClaimStep command)
    {
        if (Find(d, command.StepId, out var step, out var definition) is { } refusal)
            return refusal;
        if (step.Status == StepStatus.Claimed)
            return step.Person == d.By ? null : AlreadyClaimed(step);
        if (!CanBeWorkedOn(d, step))
            return NotOpen(d, step, definition);
        d.Record(new StepClaimed(d.At, d.By, step.Id));
        return null;
    }

    public static OneStopException? Release(Deliberation d, ReleaseStep command)
    {
        if (Find(d, command.StepId, out var step, out var definition) is { } refusal)
            return refusal;
        if (step.Status != StepStatus.Claimed)
            return Refusals.WrongState($"The step is {CamelCase.Of(step.Status)}; only a claimed step can be released.");
        if (step.Person != d.By && !d.Actor.Heads(definition.Department))
            return Permissions.Refused("the person who has the step and the head of its department");
        d.Record(new StepReleased(d.At, d.By, step.Id));
        return null;
    }

    public static OneStopException? Complete(Deliberation d, CompleteStep command)
    {
        if (Find(d, command.StepId, out var step, out var definition) is { } refusal)
            return refusal;
        if (!CanBeWorkedOn(d, step))
            return NotOpen(d, step, definition);
        if (step.Status == StepStatus.Claimed && step.Person != d.By && !d.Actor.Heads(definition.Department))
            return AlreadyClaimed(step);
        d.Record(new StepCompleted(d.At, d.By, step.Id, command.Outcome, command.OpinionReference));
        if (command.Outcome != StepOutcome.Approved && string.IsNullOrWhiteSpace(command.OpinionReference))
            d.Record(new FindingRecorded(d.At, d.By, new(LogicFindingKind.ResultWithoutReason, step.Id, d.At)));
        if (command.Outcome == StepOutcome.Approved && definition.Role == StepRole.Head && d.State.AcceptedBy == d.By)
            d.Record(new FindingRecorded(d.At, d.By, new(LogicFindingKind.SamePersonAcceptsAndApproves, step.Id, d.At)));
        OpenNextStage(d, d.By, d.At);
        return null;
    }

    /// <summary>Opens the next stage when the ones before are complete and nobody has rejected.</summary>
    public static void OpenNextStage(Deliberation d, string by, DateTimeOffset openedAt)
    {
        if (d.State.IsVetoed || d.State.Steps.Any(s => s.IsRunning))
            return;
        var waiting = d.State.Item!.Steps.Where(s => d.State.Step(s.Id)!.Status == StepStatus.Waiting).ToList();
        if (waiting.Count == 0)
            return;
        var stage = waiting.Min(s => s.Stage);
        d.Record(new StageOpened(d.At, by, stage, [.. waiting.Where(s => s.Stage == stage).Select(s => s.Id)], openedAt));
    }

    private static OneStopException? Find(Deliberation d, string id, out StepState step, out StepDefinition definition)
    {
        step = null!;
        definition = d.State.Item?.Steps.FirstOrDefault(s => s.Id == id)!;
        if (definition is null || d.State.Step(id) is not { } found)
            return Refusals.Unknown("step", id);
        step = found;
        return d.Actor.MayDo(definition) ? null : Permissions.Refused($"the {CamelCase.Of(definition.Role)} of department {definition.Department}");
    }

    private static bool CanBeWorkedOn(Deliberation d, StepState step) => step.IsRunning && d.State.Status == ApplicationStatus.Handling;

    private static OneStopException NotOpen(Deliberation d, StepState step, StepDefinition definition) => step.IsRunning
        ? d.WrongState("handling")
        : Refusals.WrongState($"The step {definition.Name.En} is {CamelCase.Of(step.Status)}; it must be open for this.");

    private static OneStopException AlreadyClaimed(StepState step) =>
        Refusals.Conflict("already-claimed", $"{step.Person} has this step; it must be released first.");
}
