using OneStop.Domain.Catalogue;

namespace OneStop.Silo.City;

/// <summary>Which items are asked for: what is done on the spot most, and of each kind a few far more than the others.</summary>
internal sealed class CityDemand
{
    private readonly ItemDefinition[] items;
    private readonly double[] upTo;
    private readonly Random random;

    public CityDemand(TownDefinition town, Random random)
    {
        (items, this.random) = ([.. town.Items], random);
        upTo = new double[items.Length];
        var sum = 0.0;
        for (var i = 0; i < items.Length; i++) upTo[i] = sum += WeightOf(items[i].Kind) / (0.05 + random.NextDouble());
    }

    /// <summary>The item of the next case.</summary>
    public ItemDefinition Next()
    {
        var found = Array.BinarySearch(upTo, random.NextDouble() * upTo[^1]);
        return items[Math.Min(found < 0 ? ~found : found, items.Length - 1)];
    }

    private static double WeightOf(ItemKind kind) => kind switch
    {
        ItemKind.Instant => 6,
        ItemKind.Commitment => 3,
        ItemKind.Relief => 2,
        _ => 1,
    };
}
