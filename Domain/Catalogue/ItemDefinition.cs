using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Deadlines;
using OneStop.Domain.Processes;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Catalogue;

/// <summary>
/// A service item (事项) in one version. A case keeps the version it was received under (A1).
/// </summary>
[GenerateSerializer, Immutable]
public sealed record ItemDefinition
{
    /// <summary>Its code, such as <c>shop-licence</c>.</summary>
    [Id(0)]
    public required string Code { get; init; }

    /// <summary>Grows with each change. Default: 1.</summary>
    [Id(1)]
    public int Version { get; init; } = 1;

    /// <summary>Its name.</summary>
    [Id(2)]
    public required LocalizedText Name { get; init; }

    /// <summary>Code of the department in charge; of the lead department for a joint item.</summary>
    [Id(3)]
    public required string Department { get; init; }

    /// <summary>Its kind.</summary>
    [Id(4)]
    public required ItemKind Kind { get; init; }

    /// <summary>The law it rests on. Default: empty.</summary>
    [Id(5)]
    public string LegalBasis { get; init; } = "";

    /// <summary>The statutory limit (法定时限), from acceptance (article 42).</summary>
    [Id(6)]
    public required Limit StatutoryLimit { get; init; }

    /// <summary>The committed limit (承诺时限), never longer than the statutory one. Default: null, nothing is promised.</summary>
    [Id(7)]
    public Limit? CommittedLimit { get; init; }

    /// <summary>The steps. Default: none, the case is decided without.</summary>
    [Id(8)]
    public ImmutableArray<StepDefinition> Steps { get; init; } = [];

    /// <summary>How working days are counted. Default: the law's way.</summary>
    [Id(9)]
    public Counting Counting { get; init; } = Counting.Days;

    /// <summary>Code of the working calendar. Default: <c>cn</c>.</summary>
    [Id(10)]
    public string Calendar { get; init; } = "cn";

    /// <summary>Within which to accept, refuse or ask for corrections (article 32). Default: 5 working days.</summary>
    [Id(11)]
    public Limit AcceptanceLimit { get; init; } = new WorkingDays(5);

    /// <summary>Within which to look at what came in online. Default: 2 working days; null for no such clock.</summary>
    [Id(12)]
    public Limit? PreAcceptanceLimit { get; init; } = new WorkingDays(2);

    /// <summary>Within which to deliver the decision (article 44). Default: 10 working days.</summary>
    [Id(13)]
    public Limit DeliveryLimit { get; init; } = new WorkingDays(10);

    /// <summary>Working days that one extension adds, 0 for none (article 42: at most 10, joint items 15). Default: 10.</summary>
    [Id(14)]
    public int ExtensionWorkingDays { get; init; } = 10;

    /// <summary>The materials to hand in. Default: none.</summary>
    [Id(15)]
    public ImmutableArray<MaterialDefinition> Materials { get; init; } = [];

    /// <summary>The rule of time inspection. Default: <see cref="TimeRule.Default"/>.</summary>
    [Id(16)]
    public TimeRule TimeRule { get; init; } = TimeRule.Default;

    /// <summary>What an applicant has to fulfil. Default: none.</summary>
    [Id(17)]
    public ImmutableArray<LocalizedText> Conditions { get; init; } = [];

    /// <summary>How many may be granted. Default: null, any number.</summary>
    [Id(18)]
    public QuantityLimit? QuantityLimit { get; init; }

    /// <summary>What it costs. Default: null, nothing.</summary>
    [Id(19)]
    public FeeStandard? Fee { get; init; }

    /// <summary>Code of the form that an application fills in. Default: null, any answers are taken.</summary>
    [Id(20)]
    public string? Form { get; init; }

    /// <summary>Codes of the items that must be granted before (前置审批). Default: none.</summary>
    [Id(21)]
    public ImmutableArray<string> PreApprovals { get; init; } = [];

    /// <summary>Codes of the items that follow (后置审批). Default: none.</summary>
    [Id(22)]
    public ImmutableArray<string> PostApprovals { get; init; } = [];

    /// <summary>The graph its steps follow. Default: null, the stages of the steps say it.</summary>
    [Id(23)]
    public ProcessDefinition? Process { get; init; }

    /// <summary>The licence that a grant makes. Default: null, none.</summary>
    [Id(24)]
    public LicenceStandard? Licence { get; init; }

    /// <summary>How long its cases are kept. Default: null, for ever and not archived.</summary>
    [Id(40)]
    public RetentionRule? Retention { get; init; }

    /// <summary>The graph that a case runs by: the process, or the one that the stages of the steps mean.</summary>
    [JsonIgnore]
    public ProcessDefinition Graph => Process ?? StagedProcess.Of(this);

    /// <summary>Whether a department takes part: in charge, or with a step.</summary>
    public bool Involves(string? department) =>
        department is not null && (department == Department || Steps.Any(s => s.Department == department));

    /// <summary>Every fault of the definition; empty when it can be published.</summary>
    public ImmutableArray<Fault> Validate() => ItemInspection.Faults(this);

    /// <summary>An item for cases that an outside system runs: a statutory limit and nothing else, so red cards only.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="department">Who answers for it.</param>
    /// <param name="limit">The limit; a <see cref="FixedInstant"/> when the outside system sets the deadline of each case.</param>
    /// <param name="calendar">Code of the working calendar.</param>
    public static ItemDefinition Reported(string code, string department, Limit limit, string calendar) => new()
    {
        Code = code,
        Name = new LocalizedText(code, code),
        Department = department,
        Kind = ItemKind.Reported,
        StatutoryLimit = limit,
        Calendar = calendar,
        ExtensionWorkingDays = 0,
    };
}
