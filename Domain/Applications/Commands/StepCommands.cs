using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>Takes a step on. Those of its department who have its role.</summary>
/// <param name="StepId">The step.</param>
[GenerateSerializer, Immutable]
public sealed record ClaimStep(string StepId) : ApplicationCommand;

/// <summary>Gives a step back. Who has it, or the head of its department.</summary>
/// <param name="StepId">The step.</param>
[GenerateSerializer, Immutable]
public sealed record ReleaseStep(string StepId) : ApplicationCommand;

/// <summary>Completes a step. Those of its department who have its role; when it is claimed, who has it or the head.</summary>
/// <param name="StepId">The step.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="OpinionReference">Reference of the document that holds the opinion.</param>
[GenerateSerializer, Immutable]
public sealed record CompleteStep(string StepId, StepOutcome Outcome, string? OpinionReference) : ApplicationCommand;
