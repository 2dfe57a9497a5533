using System.Collections.Immutable;
using OneStop.Domain.Catalogue;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>The case became one of another item (A5): its steps begin anew, its clocks keep their start.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who converted it.</param>
/// <param name="Item">The item from now on.</param>
/// <param name="FormAnswers">What the item's process asks of the form and is answered with yes.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason.</param>
[GenerateSerializer, Immutable, EventType("application.converted", 1)]
public sealed record ApplicationConverted(
    DateTimeOffset At, string Actor, ItemDefinition Item, ImmutableArray<string> FormAnswers, string ReasonReference) : ApplicationEvent(At, Actor);

/// <summary>The case goes on under another version of its item (A1). Steps keep what was done of them.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who migrated it.</param>
/// <param name="Item">The version from now on.</param>
/// <param name="FormAnswers">What the version's process asks of the form and is answered with yes.</param>
/// <param name="Opened">Ids of the steps that open with it.</param>
/// <param name="TakenBack">Ids of the steps that were open, had nobody, and wait again.</param>
/// <param name="Tokens">Ids of the flows on which tokens wait now.</param>
[GenerateSerializer, Immutable, EventType("application.migrated", 1)]
public sealed record ApplicationMigrated(
    DateTimeOffset At, string Actor, ItemDefinition Item, ImmutableArray<string> FormAnswers, ImmutableArray<string> Opened, ImmutableArray<string> TakenBack,
    ImmutableArray<string> Tokens)
    : ApplicationEvent(At, Actor);
