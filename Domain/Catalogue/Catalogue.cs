using Orleans;

namespace OneStop.Domain.Catalogue;

/// <summary>What happens to the definitions.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who did it.</param>
[GenerateSerializer, Immutable]
public abstract record CatalogueEvent(DateTimeOffset At, string Actor) : IDomainEvent;

/// <summary>The town was defined, in place of what was defined before.</summary>
[GenerateSerializer, Immutable, EventType("catalogue.town-defined", 1)]
public sealed record TownDefined(DateTimeOffset At, string Actor, TownDefinition Town) : CatalogueEvent(At, Actor);

/// <summary>The definitions in force.</summary>
/// <param name="Town">The town; null before the first definition.</param>
[GenerateSerializer, Immutable]
public sealed record CatalogueState(TownDefinition? Town)
{
    /// <summary>Nothing is defined.</summary>
    public static CatalogueState Empty { get; } = new((TownDefinition?)null);

    /// <summary>Defines the town; every fault of every item is named at once.</summary>
    public static Decision<CatalogueEvent> Define(TownDefinition town, string actor, DateTimeOffset now)
    {
        var faults = TownInspection.Faults(town);
        return faults.IsEmpty
            ? Decision<CatalogueEvent>.Of(new TownDefined(now, actor, town))
            : Refusals.Validation(faults.AsSpan());
    }

    /// <summary>The state after an event.</summary>
    public CatalogueState Evolve(CatalogueEvent e) => e is TownDefined defined ? new CatalogueState(defined.Town) : this;
}
