using System.Text.Json.Serialization;
using OneStop.Domain.Halls.Ratings;
using Orleans;

namespace OneStop.Domain.Supervision.Statistics;

/// <summary>
/// Something that counts for or against somebody: what statistics and scores are made of. A case or a rating has a list of marks as it
/// stands now; a fact that becomes known later changes the list, and the old one counts no more.
/// </summary>
/// <param name="Day">The local day it counts on.</param>
/// <param name="Department">Code of the department it counts for; empty for none.</param>
/// <param name="Item">Code of the item; empty for none.</param>
/// <param name="Step">The step, for what counts for a post; null for what counts for the department.</param>
/// <param name="Person">The account it counts for too; null for nobody.</param>
[GenerateSerializer, Immutable]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "mark")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(CardScored), "card")]
[JsonDerivedType(typeof(FindingScored), "finding")]
[JsonDerivedType(typeof(ServiceRated), "rating")]
public abstract record Mark(DateOnly Day, string Department, string Item, string? Step, string? Person)
{
    /// <summary>The post (岗位) it counts for, as <c>item/step</c>; null for what counts for the department.</summary>
    [JsonIgnore]
    public string? Post => Step is null ? null : $"{Item}/{Step}";
}

/// <summary>A case was accepted, or a step opened.</summary>
/// <param name="Day">The day.</param>
/// <param name="Department">The department.</param>
/// <param name="Item">The item.</param>
/// <param name="Step">The step; null for the case.</param>
/// <param name="Person">Nobody: a step that opens is nobody's yet.</param>
/// <param name="PromisePercent">By how many per cent its promise lies below the law's limit, rounded down.</param>
[GenerateSerializer, Immutable]
public sealed record Accepted(DateOnly Day, string Department, string Item, string? Step, string? Person, int PromisePercent)
    : Mark(Day, Department, Item, Step, Person);

/// <summary>A case was decided, its end reported, or a step completed.</summary>
/// <param name="Day">The day.</param>
/// <param name="Department">The department.</param>
/// <param name="Item">The item.</param>
/// <param name="Step">The step; null for the case.</param>
/// <param name="Person">Who completed the step.</param>
/// <param name="OnTime">Whether its limit was kept: the promise, or the law's where nothing is promised.</param>
/// <param name="EarlyPercent">How many per cent of that limit were left, rounded down; 0 when late or without a limit.</param>
/// <param name="WorkdayHundredths">Working days it took, in hundredths, so that sums do not depend on their order.</param>
[GenerateSerializer, Immutable]
public sealed record Completed(
    DateOnly Day, string Department, string Item, string? Step, string? Person, bool OnTime, int EarlyPercent, long WorkdayHundredths)
    : Mark(Day, Department, Item, Step, Person);

/// <summary>The highest card in force of a case, for the department, or for a post that held the case when it fell.</summary>
/// <param name="Day">The day of the legal instant.</param>
/// <param name="Department">The department.</param>
/// <param name="Item">The item.</param>
/// <param name="Step">The step that held the case; null for the department.</param>
/// <param name="Person">Who had that step.</param>
/// <param name="Level">The level.</param>
/// <param name="IssuedAt">The legal instant.</param>
[GenerateSerializer, Immutable]
public sealed record CardScored(DateOnly Day, string Department, string Item, string? Step, string? Person, CardLevel Level, DateTimeOffset IssuedAt)
    : Mark(Day, Department, Item, Step, Person);

/// <summary>An inspection found something.</summary>
/// <param name="Day">The day of what was found.</param>
/// <param name="Department">The department.</param>
/// <param name="Item">The item.</param>
/// <param name="Step">Null: a finding counts for the department.</param>
/// <param name="Person">Nobody.</param>
/// <param name="Kind">What was found.</param>
/// <param name="Points">What it costs by the rule of the case.</param>
[GenerateSerializer, Immutable]
public sealed record FindingScored(DateOnly Day, string Department, string Item, string? Step, string? Person, FindingKind Kind, int Points)
    : Mark(Day, Department, Item, Step, Person);

/// <summary>A visitor rated a service.</summary>
/// <param name="Day">The day of the rating.</param>
/// <param name="Department">The department of the clerk; empty for none.</param>
/// <param name="Item">Empty: a service of a hall is no item.</param>
/// <param name="Step">Null.</param>
/// <param name="Person">The clerk.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Overdue">Whether its rectification was not answered in time.</param>
[GenerateSerializer, Immutable]
public sealed record ServiceRated(DateOnly Day, string Department, string Item, string? Step, string? Person, Grade Grade, bool Overdue)
    : Mark(Day, Department, Item, Step, Person);
