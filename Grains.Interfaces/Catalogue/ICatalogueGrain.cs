using OneStop.Domain.Calendars;
using OneStop.Domain.Catalogue;
using Orleans;

namespace OneStop.Grains.Interfaces.Catalogue;

/// <summary>The definitions in force; the key is <see cref="Key"/>.</summary>
public interface ICatalogueGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "catalogue";

    /// <summary>The town as it is defined; null before the first definition.</summary>
    Task<TownDefinition?> Current();

    /// <summary>The definitions, for a process that does not read the record; null when it knows them.</summary>
    /// <param name="known">The head up to which the caller knows them; 0 for nothing.</param>
    Task<KeptCatalogue?> Kept(long known);

    /// <summary>Defines the town. A calendar that changes with it is brought to all running cases.</summary>
    /// <exception cref="Domain.OneStopException"><c>validation</c>, with every fault.</exception>
    Task<TownDefinition> Define(CommandInfo info, TownDefinition town);

    /// <summary>Says something new of a calendar and brings it to all running cases.</summary>
    /// <exception cref="Domain.OneStopException"><c>validation</c>, <c>unknown-calendar</c>.</exception>
    Task<CalendarAnswer> Change(CommandInfo info, CalendarChange change);

    /// <summary>What a calendar would be with something new; nothing changes.</summary>
    /// <exception cref="Domain.OneStopException"><c>validation</c>, <c>unknown-calendar</c>.</exception>
    Task<ProposedCalendar> Propose(CalendarChange change);

    /// <summary>Brings into force what this program knows of calendars and the record does not yet.</summary>
    Task Renew(CommandInfo info);
}

/// <summary>The definitions with the place of the record up to which they are known.</summary>
[GenerateSerializer, Immutable]
public sealed record KeptCatalogue(CatalogueState State, long Head);

/// <summary>A calendar after a change.</summary>
/// <param name="Calendar">Its code.</param>
/// <param name="Version">Its version in force.</param>
/// <param name="Rollout">Id of the rollout that brings it to the running cases; null when nothing of it was new.</param>
[GenerateSerializer, Immutable]
public sealed record CalendarAnswer(string Calendar, int Version, string? Rollout);

/// <summary>A calendar that is not in force.</summary>
/// <param name="Calendar">Its facts, in the version it would get; null when nothing would be new.</param>
/// <param name="Definitions">Head of the record of the definitions that it follows.</param>
[GenerateSerializer, Immutable]
public sealed record ProposedCalendar(CalendarDefinition? Calendar, long Definitions);
