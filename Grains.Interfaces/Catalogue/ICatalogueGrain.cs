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

    /// <summary>Defines the town.</summary>
    /// <exception cref="Domain.OneStopException"><c>validation</c>, with every fault.</exception>
    Task<TownDefinition> Define(CommandInfo info, TownDefinition town);
}
