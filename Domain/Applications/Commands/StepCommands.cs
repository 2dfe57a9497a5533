using System.Collections.Immutable;
using OneStop.Domain.Catalogue;
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

/// <summary>
/// Sends one branch back: a step that is done is done again, and a step that runs goes back to the one before it. The
/// other branches keep on. The staff of the department in charge, and those who may do the step or the one that is
/// taken back for it.
/// </summary>
/// <param name="StepId">The step.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason; required.</param>
[GenerateSerializer, Immutable]
public sealed record ReturnStep(string StepId, string? ReasonReference) : ApplicationCommand;

/// <summary>Hands a step to a colleague. Who has it, or the head of its department.</summary>
/// <param name="StepId">The step.</param>
/// <param name="To">Who is to have it: somebody of its department with its role.</param>
[GenerateSerializer, Immutable]
public sealed record DelegateStep(string StepId, Actor To) : ApplicationCommand;

/// <summary>Makes the case one of another item (A5). Clerks, and handlers and heads of a department involved.</summary>
/// <param name="Item">The other item.</param>
/// <param name="FormAnswers">What its process asks of the form and is answered with yes.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason; required.</param>
[GenerateSerializer, Immutable]
public sealed record ConvertApplication(ItemDefinition Item, ImmutableArray<string> FormAnswers, string? ReasonReference) : ApplicationCommand;

/// <summary>Goes on under another version of the item (A1). To try it out, decide and do not record. Administrators and the system.</summary>
/// <param name="Item">The version.</param>
/// <param name="FormAnswers">What its process asks of the form and is answered with yes.</param>
[GenerateSerializer, Immutable]
public sealed record MigrateApplication(ItemDefinition Item, ImmutableArray<string> FormAnswers) : ApplicationCommand;
