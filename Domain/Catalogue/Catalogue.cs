using System.Text.Json;
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
    /// <remarks>An item that differs from the one in force gets the next version, whatever version it names.</remarks>
    public static Decision<CatalogueEvent> Define(TownDefinition? before, TownDefinition town, string actor, DateTimeOffset now)
    {
        var faults = TownInspection.Faults(town);
        if (!faults.IsEmpty)
            return Refusals.Validation(faults.AsSpan());
        var next = town with { Items = [.. town.Items.Select(item => Versioned(before?.Items.FirstOrDefault(i => i.Code == item.Code), item))] };
        return before is not null && Text(before) == Text(next) ? Decision<CatalogueEvent>.Nothing : Decision<CatalogueEvent>.Of(new TownDefined(now, actor, next));
    }

    private static ItemDefinition Versioned(ItemDefinition? before, ItemDefinition item)
    {
        if (before is null)
            return item;
        var same = item with { Version = before.Version };
        return Text(same) == Text(before) ? same : item with { Version = Math.Max(item.Version, before.Version + 1) };
    }

    // Lists of records are equal when they say the same, which their stored form shows.
    private static string Text<T>(T value) => JsonSerializer.Serialize(value);

    /// <summary>The state after an event.</summary>
    public CatalogueState Evolve(CatalogueEvent e) => e is TownDefined defined ? new CatalogueState(defined.Town) : this;
}
