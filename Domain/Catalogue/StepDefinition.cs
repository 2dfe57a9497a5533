using OneStop.Domain.Deadlines;
using Orleans;

namespace OneStop.Domain.Catalogue;

/// <summary>One step of an item (环节). Steps of the same stage run in parallel (并联), stages one after another.</summary>
/// <param name="Id">Unique within the item.</param>
/// <param name="Name">Its name.</param>
/// <param name="Department">Code of the department whose people do it.</param>
/// <param name="Role">Who of them.</param>
/// <param name="Limit">How long it may take; null when only the case's own clocks bind it.</param>
/// <param name="Stage">Its stage, from 1.</param>
[GenerateSerializer, Immutable]
public sealed record StepDefinition(string Id, LocalizedText Name, string Department, StepRole Role, Limit? Limit, int Stage);
