using OneStop.Domain.Applications;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;

namespace OneStop.Domain.Tests.Applications;

/// <summary>Items and people of the tests.</summary>
internal static class Items
{
    /// <summary>Promise 7, statutory 20, one step of the market department.</summary>
    public static ItemDefinition ShopLicence { get; } = new()
    {
        Code = "shop-licence",
        Name = new LocalizedText("营业执照", "Shop licence"),
        Department = "market",
        Kind = ItemKind.Commitment,
        LegalBasis = "行政许可法",
        StatutoryLimit = new WorkingDays(20),
        CommittedLimit = new WorkingDays(7),
        Steps = [Step("review", "market", 1, new WorkingDays(3))],
    };

    /// <summary>Three branches side by side, then the head's approval.</summary>
    public static ItemDefinition Restaurant { get; } = ShopLicence with
    {
        Code = "restaurant-opening",
        Kind = ItemKind.Joint,
        StatutoryLimit = new WorkingDays(45),
        CommittedLimit = new WorkingDays(20),
        ExtensionWorkingDays = 15,
        Steps =
        [
            Step("market", "market", 1, new WorkingDays(10)),
            Step("fire", "construction", 1, new WorkingDays(12)),
            Step("fumes", "environment", 1, null),
            Step("approval", "market", 2, new WorkingDays(3)) with { Role = StepRole.Head },
        ],
    };

    /// <summary>Nothing promised, no steps.</summary>
    public static ItemDefinition MarriageRecord { get; } = ShopLicence with
    {
        Code = "marriage-record",
        Department = "civil",
        Kind = ItemKind.Instant,
        StatutoryLimit = new WorkingDays(5),
        CommittedLimit = null,
        Steps = [],
    };

    public static Actor Clerk { get; } = new("clerk1", "civil", [Role.Clerk]);

    public static Actor Handler { get; } = new("handler.market", "market", [Role.Handler]);

    public static Actor Colleague { get; } = new("handler2.market", "market", [Role.Handler]);

    public static Actor Head { get; } = new("head.market", "market", [Role.Head]);

    public static Actor Officer { get; } = new("officer", null, [Role.Officer]);

    public static Actor Admin { get; } = new("admin", null, [Role.Admin]);

    public static Actor Of(string department) => new("handler." + department, department, [Role.Handler]);

    private static StepDefinition Step(string id, string department, int stage, Limit? limit) =>
        new(id, new LocalizedText(id, id), department, StepRole.Handler, limit, stage);
}
