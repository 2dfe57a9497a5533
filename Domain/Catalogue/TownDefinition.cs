using System.Collections.Immutable;
using OneStop.Domain.Halls;
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
    ImmutableArray<HallDefinition> Halls);

/// <summary>A region (行政区划).</summary>
/// <param name="Code">Administrative code (GB/T 2260 and below).</param>
/// <param name="Name">Its name.</param>
[GenerateSerializer, Immutable]
public sealed record RegionDefinition(string Code, LocalizedText Name);

/// <summary>A department (部门).</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
[GenerateSerializer, Immutable]
public sealed record DepartmentDefinition(string Code, LocalizedText Name);
