using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OneStop.Domain.Calendars;
using OneStop.Domain.Halls;
using OneStop.Domain.Notices;
using OneStop.Domain.Supervision;
using OneStop.Domain.Supervision.Scores;
using Orleans;

namespace OneStop.Domain.Catalogue;

/// <summary>What an installation serves: its region, departments, items and halls.</summary>
/// <param name="Region">The region.</param>
/// <param name="Departments">Its departments.</param>
/// <param name="Items">The service items (事项).</param>
/// <param name="Halls">The service halls.</param>
[GenerateSerializer, Immutable]
public sealed record TownDefinition(
    RegionDefinition Region,
    ImmutableArray<DepartmentDefinition> Departments,
    ImmutableArray<ItemDefinition> Items,
    ImmutableArray<HallDefinition> Halls)
{
    /// <summary>The BPMN files of its processes, as they were drawn. Default: none.</summary>
    [Id(0)]
    public ImmutableArray<ProcessSource> Processes { get; init; } = [];

    /// <summary>Its forms. Default: none.</summary>
    [Id(1)]
    public ImmutableArray<FormSource> Forms { get; init; } = [];

    /// <summary>Published years of its working calendars, besides those that come with the system. Default: none.</summary>
    [Id(2)]
    public ImmutableArray<CalendarYear> Calendars { get; init; } = [];

    /// <summary>Where those who are told something are reached. Default: nobody, notices are shown on screen only.</summary>
    [Id(3)]
    public ImmutableArray<Contact> Contacts { get; init; } = [];

    /// <summary>Days declared off or worked one by one, over what is published. Default: none.</summary>
    [Id(4)]
    public ImmutableArray<DeclaredDay> DeclaredDays { get; init; } = [];

    /// <summary>The rules of supervision that items name. Default: none, items go by the default or by one of their own.</summary>
    [Id(5)]
    public ImmutableArray<TimeRule> Rules { get; init; } = [];

    /// <summary>The rubrics of performance scores, the oldest first. Default: none, scores go by <see cref="ScoreRubric.Default"/>.</summary>
    [Id(8)]
    public ImmutableArray<ScoreRubric> Rubrics { get; init; } = [];

    /// <summary>The rules of retention; items go by the one they name, otherwise by <see cref="RetentionRule.DefaultCode"/>. Default: none.</summary>
    [Id(40)]
    public ImmutableArray<RetentionRule> Retentions { get; init; } = [];
}

/// <summary>A process as it was drawn, with its diagram, so that a modeller can draw it again.</summary>
/// <param name="Code">Its code, see <see cref="Processes.ProcessDefinition.Code"/>.</param>
/// <param name="Bpmn">The BPMN 2.0 XML.</param>
[GenerateSerializer, Immutable]
public sealed record ProcessSource(string Code, string Bpmn);

/// <summary>A form.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Schema">Its JSON Schema, see <see cref="Forms.FormSchema"/>.</param>
[GenerateSerializer, Immutable]
public sealed record FormSource(string Code, string Schema);

/// <summary>A year of a working calendar, in the holiday-cn form.</summary>
/// <param name="Code">Code of the calendar.</param>
/// <param name="Year">The year it publishes.</param>
/// <param name="Days">Its days off and make-up working days.</param>
[GenerateSerializer, Immutable]
public sealed record CalendarYear(string Code, int Year, ImmutableArray<DayFact> Days);

/// <summary>A region (行政区划).</summary>
/// <param name="Code">Administrative code (GB/T 2260 and below).</param>
/// <param name="Name">Its name.</param>
[GenerateSerializer, Immutable]
public sealed record RegionDefinition(string Code, LocalizedText Name);

/// <summary>A department (部门).</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
[GenerateSerializer, Immutable]
public sealed record DepartmentDefinition(string Code, LocalizedText Name)
{
    /// <summary>The level of government it belongs to. Default: null, the region's own.</summary>
    [Id(0)]
    public GovernmentLevel? Level { get; init; }
}

/// <summary>Levels of government (A9).</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<GovernmentLevel>))]
public enum GovernmentLevel
{
    /// <summary>Community or village (社区、村).</summary>
    Community,

    /// <summary>Township or subdistrict (镇、街道).</summary>
    Township,

    /// <summary>County or district (县、区).</summary>
    County,

    /// <summary>City (市).</summary>
    City,

    /// <summary>Province (省).</summary>
    Province,
}
