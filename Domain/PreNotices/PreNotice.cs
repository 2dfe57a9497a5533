using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Catalogue;

namespace OneStop.Domain.PreNotices;

/// <summary>What a plan will need (许可预告, A16): from which departments, with which materials and by when.</summary>
/// <param name="From">When the plan begins.</param>
/// <param name="Approvals">Its approvals, each behind those that must come before it.</param>
/// <param name="Materials">The materials of all of them, each once.</param>
/// <param name="Departments">Codes of the departments, in the order in which they take part.</param>
/// <param name="DueAt">By when all is decided.</param>
/// <param name="Provisional">Whether that rests on days of a year whose arrangement is not published yet (A11).</param>
public sealed record PreNotice(
    DateTimeOffset From,
    ImmutableArray<PlannedApproval> Approvals,
    ImmutableArray<PlannedMaterial> Materials,
    ImmutableArray<string> Departments,
    DateTimeOffset DueAt,
    bool Provisional);

/// <summary>One approval of a plan.</summary>
/// <param name="Item">Code of its item.</param>
/// <param name="Name">Its name.</param>
/// <param name="Department">Code of the department in charge.</param>
/// <param name="Need">Why it is part of the plan.</param>
/// <param name="After">Codes of the items that must be granted before.</param>
/// <param name="ApplyAt">When it can be applied for: at the start, or once those are decided.</param>
/// <param name="DecidedBy">By when it is decided: by the promise, otherwise by the law. Article 45's special procedures come on top.</param>
/// <param name="Provisional">Whether that rests on days of a year whose arrangement is not published yet.</param>
/// <param name="Steps">Its steps, as far as the answers lead to them.</param>
/// <param name="Fee">What it costs; null for nothing.</param>
/// <param name="Licence">The licence that it makes; null for none.</param>
public sealed record PlannedApproval(
    string Item,
    LocalizedText Name,
    string Department,
    ApprovalNeed Need,
    ImmutableArray<string> After,
    DateTimeOffset ApplyAt,
    DateTimeOffset DecidedBy,
    bool Provisional,
    ImmutableArray<PlannedStep> Steps,
    FeeStandard? Fee,
    LicenceStandard? Licence);

/// <summary>A step of a planned approval.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Department">Code of its department.</param>
/// <param name="Order">Steps of the same order run side by side.</param>
public sealed record PlannedStep(string Id, LocalizedText Name, string Department, int Order);

/// <summary>A material of a plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Required">Whether an application without it is incomplete.</param>
/// <param name="Copies">How many copies altogether.</param>
/// <param name="For">Codes of the items that ask for it.</param>
public sealed record PlannedMaterial(LocalizedText Name, bool Required, int Copies, ImmutableArray<string> For);

/// <summary>Why an approval is part of a plan.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ApprovalNeed>))]
public enum ApprovalNeed
{
    /// <summary>The plan names it.</summary>
    Planned,

    /// <summary>It must be granted before another (前置审批).</summary>
    Before,

    /// <summary>It follows on another (后置审批).</summary>
    Afterwards,
}
