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
