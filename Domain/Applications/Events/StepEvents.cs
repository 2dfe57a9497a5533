using System.Collections.Immutable;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>A stage began: all of its steps opened at the same moment (A8).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">Who completed what came before.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Steps">Ids of its steps.</param>
/// <param name="OpenedAt">When they opened; their clocks start here.</param>
[GenerateSerializer, Immutable, EventType("application.stage-opened", 1)]
public sealed record StageOpened(DateTimeOffset At, string Actor, int Stage, ImmutableArray<string> Steps, DateTimeOffset OpenedAt)
    : ApplicationEvent(At, Actor);

/// <summary>Tokens moved through the case's process and opened the steps they reached.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">Who completed what came before.</param>
/// <param name="Steps">Ids of the steps that opened.</param>
/// <param name="OpenedAt">When they opened; their clocks start here.</param>
/// <param name="Tokens">Ids of the flows on which tokens wait now.</param>
[GenerateSerializer, Immutable, EventType("application.tokens-moved", 1)]
public sealed record TokensMoved(DateTimeOffset At, string Actor, ImmutableArray<string> Steps, DateTimeOffset OpenedAt, ImmutableArray<string> Tokens)
    : ApplicationEvent(At, Actor);

/// <summary>One branch went back: a step is done again, with a clock of its own; the other branches keep on.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who sent it back.</param>
/// <param name="StepId">The step that is done again.</param>
/// <param name="TakenBack">The step that was begun after it and waits again; null for none.</param>
/// <param name="Tokens">Ids of the flows on which tokens wait now.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason.</param>
[GenerateSerializer, Immutable, EventType("application.step-returned", 1)]
public sealed record StepReturned(
    DateTimeOffset At, string Actor, string StepId, string? TakenBack, ImmutableArray<string> Tokens, string ReasonReference)
    : ApplicationEvent(At, Actor);

/// <summary>A step was handed to a colleague.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who handed it over.</param>
/// <param name="StepId">The step.</param>
/// <param name="To">The account that has it now.</param>
[GenerateSerializer, Immutable, EventType("application.step-delegated", 1)]
public sealed record StepDelegated(DateTimeOffset At, string Actor, string StepId, string To) : ApplicationEvent(At, Actor);

/// <summary>Somebody took a step on.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="StepId">The step.</param>
[GenerateSerializer, Immutable, EventType("application.step-claimed", 1)]
public sealed record StepClaimed(DateTimeOffset At, string Actor, string StepId) : ApplicationEvent(At, Actor);

/// <summary>A step was given back to its department.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who gave it back.</param>
/// <param name="StepId">The step.</param>
[GenerateSerializer, Immutable, EventType("application.step-released", 1)]
public sealed record StepReleased(DateTimeOffset At, string Actor, string StepId) : ApplicationEvent(At, Actor);

/// <summary>A step was completed.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who completed it.</param>
/// <param name="StepId">The step.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="OpinionReference">Reference of the document that holds the opinion; null without one.</param>
[GenerateSerializer, Immutable, EventType("application.step-completed", 1)]
public sealed record StepCompleted(DateTimeOffset At, string Actor, string StepId, StepOutcome Outcome, string? OpinionReference)
    : ApplicationEvent(At, Actor);

/// <summary>The light of a step changed; no card goes with it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor"><c>system</c>.</param>
/// <param name="StepId">The step.</param>
/// <param name="Light">Its light from now on.</param>
[GenerateSerializer, Immutable, EventType("application.step-light-changed", 1)]
public sealed record StepLightChanged(DateTimeOffset At, string Actor, string StepId, Light Light) : ApplicationEvent(At, Actor);
