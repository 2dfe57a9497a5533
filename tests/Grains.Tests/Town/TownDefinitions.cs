using System.Collections.Immutable;
using OneStop.Domain;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Halls;
using OneStop.Domain.Halls.Appointments;
using OneStop.Domain.Notices;

namespace OneStop.Grains.Tests;

/// <summary>The town of the tests: three departments, four items and a hall of 64 counters.</summary>
internal static class TownDefinitions
{
    public const string Region = "441900102";
    public const string Hall = "grand";

    /// <summary>One department, promise 7 and statutory 20 working days, no steps.</summary>
    public static ItemDefinition ShopLicence { get; } = new()
    {
        Code = "shop-licence",
        Name = Named("营业执照", "Shop licence"),
        Department = "market",
        Kind = ItemKind.Commitment,
        LegalBasis = "行政许可法",
        StatutoryLimit = new WorkingDays(20),
        CommittedLimit = new WorkingDays(7),
    };

    /// <summary>Three branches side by side, then the head's approval.</summary>
    public static ItemDefinition Restaurant { get; } = ShopLicence with
    {
        Code = "restaurant-opening",
        Name = Named("开办餐馆", "Restaurant opening"),
        Kind = ItemKind.Joint,
        StatutoryLimit = new WorkingDays(45),
        CommittedLimit = new WorkingDays(20),
        ExtensionWorkingDays = 15,
        Steps =
        [
            Step("licence", "market", 1, new WorkingDays(10)),
            Step("fire", "construction", 1, new WorkingDays(12)),
            Step("fumes", "environment", 1, null),
            Step("approval", "market", 2, new WorkingDays(3)) with { Role = StepRole.Head },
        ],
    };

    /// <summary>A grant makes a licence for two years that is inspected each year; notice is given 60 days before.</summary>
    public static ItemDefinition FoodPermit { get; } = ShopLicence with
    {
        Code = "food-permit",
        Name = Named("食品经营许可", "Food permit"),
        Licence = new LicenceStandard { Name = Named("食品经营许可证", "Food permit"), ValidMonths = 24, InspectionMonths = 12 },
    };

    /// <summary>Cases of an outside system of the environment department; each brings its deadline.</summary>
    public static ItemDefinition Permit { get; } =
        ItemDefinition.Reported("permit", "environment", new CalendarTime(TimeSpan.FromDays(60)), "cn");

    /// <summary>Counter c1 serves civil, c2 civil and social, c3 social only, all others everything.</summary>
    public static TownDefinition Town { get; } = new(
        new RegionDefinition(Region, Named("石龙镇", "Shilong")),
        [Department("market", "市场"), Department("construction", "住建"), Department("environment", "环保")],
        [ShopLicence, Restaurant, FoodPermit, Permit],
        [
            new HallDefinition(
                Hall,
                Named("大厅", "Grand hall"),
                Region,
                "Asia/Shanghai",
                [Service("civil", "A"), Service("social", "B"), Service("market", "C")],
                [
                    Counter(1, "civil"),
                    Counter(2, "civil", "social"),
                    Counter(3, "social"),
                    .. Enumerable.Range(4, 61).Select(i => Counter(i, "civil", "social", "market")),
                ],
                CallPolicy.Default)
            {
                Appointments = new AppointmentPlan(TimeSpan.FromMinutes(30), [new OpeningHours(new TimeOnly(9, 0), new TimeOnly(17, 0))]),
            },
        ])
    {
        Contacts =
        [
            new Contact { Post = Post.Handler, Department = "market", Email = "handlers@market.example" },
            new Contact { Post = Post.SectionHead, Department = "market", User = "section.market", Phone = "13900000001" },
            new Contact { Post = Post.DepartmentHead, Department = "market", Email = "head@market.example", Phone = "13900000002" },
            new Contact { Post = Post.SupervisionOfficer, Email = "officer@town.example" },
            new Contact { Post = Post.Mayor, User = "mayor", Email = "mayor@town.example", Phone = "13900000003" },
        ],
    };

    private static LocalizedText Named(string zh, string en) => new(zh, en);

    private static DepartmentDefinition Department(string code, string zh) => new(code, Named(zh, code));

    private static ServiceDefinition Service(string id, string prefix) => new(id, Named(id, id), prefix, TimeSpan.FromMinutes(6)) { AppointmentsPerSlot = 4 };

    private static CounterDefinition Counter(int number, params ImmutableArray<string> services) =>
        new("c" + number, Named("窗口", "Counter " + number), services);

    private static StepDefinition Step(string id, string department, int stage, Limit? limit) =>
        new(id, Named(id, id), department, StepRole.Handler, limit, stage);
}
