using System.Diagnostics.CodeAnalysis;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Processes;
using OneStop.Domain.Supervision;

namespace OneStop.Domain.Applications;

/// <summary>Steps and branches (A8), by the graph of the item.</summary>
internal static class StepRules
{
    public static OneStopException? Claim(Deliberation d, ClaimStep command)
    {
        if (!Finds(d, command.StepId, out var step, out var definition, out var refusal))
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
        if (!Finds(d, command.StepId, out var step, out var definition, out var refusal))
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
        if (!Finds(d, command.StepId, out var step, out var definition, out var refusal))
            return refusal;
        if (!CanBeWorkedOn(d, step))
            return NotOpen(d, step, definition);
        if (step.Status == StepStatus.Claimed && step.Person != d.By && !d.Actor.Heads(definition.Department))
            return AlreadyClaimed(step);
        if (FeeRules.Waits(d, FeeGate.Step, step.Id) is { } unpaid)
            return unpaid;
        d.Record(new StepCompleted(d.At, d.By, step.Id, command.Outcome, command.OpinionReference));
        if (command.Outcome != StepOutcome.Approved && string.IsNullOrWhiteSpace(command.OpinionReference))
            Inspections.Record(d, d.By, new(FindingKind.ResultWithoutReason, step.Id, d.At));
        if (command.Outcome == StepOutcome.Approved && definition.Role == StepRole.Head && d.State.AcceptedBy == d.By)
            Inspections.Record(d, d.By, new(FindingKind.SamePersonAcceptsAndApproves, step.Id, d.At));
        Continue(d, d.By, d.At);
        return null;
    }

    public static OneStopException? Delegate(Deliberation d, DelegateStep command)
    {
        if (!Finds(d, command.StepId, out var step, out var definition, out var refusal))
            return refusal;
        if (!CanBeWorkedOn(d, step))
            return NotOpen(d, step, definition);
        if (step.Person != d.By && !d.Actor.Heads(definition.Department))
            return Permissions.Refused("the person who has the step and the head of its department");
        if (!command.To.MayDo(definition))
            return Refusals.Validation("/to", "not-allowed", $"{command.To.User} is no {CamelCase.Of(definition.Role)} of department {definition.Department}.");
        if (step.Person != command.To.User)
            d.Record(new StepDelegated(d.At, d.By, step.Id, command.To.User));
        return null;
    }

    /// <summary>Opens the first steps.</summary>
    public static void Begin(Deliberation d, string by, DateTimeOffset openedAt)
    {
        if (!d.State.Item!.Steps.IsEmpty)
            Move(d, d.State.Item.Graph, TokenGame.Beginning(d.State.Item.Graph), by, openedAt);
    }

    /// <summary>Opens what follows on the steps that are complete, unless a rejection stands in the way.</summary>
    public static void Continue(Deliberation d, string by, DateTimeOffset openedAt)
    {
        if (!d.State.IsVetoed)
            Move(d, d.State.Item!.Graph, d.State.Marking, by, openedAt);
    }

    private static void Move(Deliberation d, ProcessDefinition graph, IEnumerable<string> tokens, string by, DateTimeOffset openedAt)
    {
        var state = d.State;
        var move = TokenGame.Advance(graph, tokens, condition => condition.Holds(
            step => state.Step(step)?.Outcome is { } outcome ? CamelCase.Of(outcome) : null, state.FormAnswers.Contains));
        if (state.Item!.Process is not null)
        {
            if (!move.Opened.IsEmpty || !move.Waiting.SequenceEqual(state.Tokens))
                d.Record(new TokensMoved(d.At, by, move.Opened, openedAt, move.Waiting));
        }
        else if (!move.Opened.IsEmpty)
        {
            d.Record(new StageOpened(d.At, by, state.Item.Steps.First(s => s.Id == move.Opened[0]).Stage, move.Opened, openedAt));
        }
    }

    private static bool Finds(
        Deliberation d,
        string id,
        [NotNullWhen(true)] out StepState? step,
        [NotNullWhen(true)] out StepDefinition? definition,
        [NotNullWhen(false)] out OneStopException? refusal)
    {
        step = d.State.Step(id);
        definition = d.State.Item?.Steps.FirstOrDefault(s => s.Id == id);
        refusal = step is null || definition is null ? Refusals.Unknown("step", id)
            : d.Actor.MayDo(definition) ? null
            : Permissions.Refused($"the {CamelCase.Of(definition.Role)} of department {definition.Department}");
        return refusal is null;
    }

    internal static bool CanBeWorkedOn(Deliberation d, StepState step) => step.IsRunning && d.State.Status == ApplicationStatus.Handling;

    private static OneStopException NotOpen(Deliberation d, StepState step, StepDefinition definition) => step.IsRunning
        ? d.WrongState("handling")
        : Refusals.WrongState($"The step {definition.Name.En} is {CamelCase.Of(step.Status)}; it must be open for this.");

    private static OneStopException AlreadyClaimed(StepState step) =>
        Refusals.Conflict("already-claimed", $"{step.Person} has this step; it must be released first.");
}
