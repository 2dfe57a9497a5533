using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Grains.Tests.Rollouts;
using Orleans;

namespace OneStop.Grains.Tests.Archive;

/// <summary>Items whose cases are kept for a time.</summary>
internal static class KeptItems
{
    /// <summary>Archived as soon as it has ended; from then on its personal data may be erased.</summary>
    public static ItemDefinition AtOnce { get; } = Kept("kept-at-once", new RetentionRule
    {
        Code = "at-once", ArchiveAfter = new(0, RetentionUnit.Days), Keep = new(0, RetentionUnit.Days),
    });

    /// <summary>Archived after a year, erased after ten.</summary>
    public static ItemDefinition TenYears { get; } = Kept("kept-ten-years", new RetentionRule
    {
        Code = "ten-years", ArchiveAfter = new(1, RetentionUnit.Years), Keep = new(10, RetentionUnit.Years), Erase = true,
    });

    /// <summary>Puts them into force.</summary>
    public static Task DefineKeptItemsAsync(this IGrainFactory grains) => grains.Catalogue().Define(
        Command.By("admin"), TownDefinitions.Town with { Items = [.. TownDefinitions.Town.Items, AtOnce, TenYears] });

    private static ItemDefinition Kept(string code, RetentionRule rule) => TownDefinitions.ShopLicence with
    {
        Code = code, Kind = ItemKind.Instant, Steps = [], CommittedLimit = null, StatutoryLimit = new WorkingDays(5), Retention = rule,
        Licence = new LicenceStandard { Name = new("证", "Licence") },
    };
}
