using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Catalogue;

/// <summary>A material to hand in (材料).</summary>
[GenerateSerializer, Immutable]
public sealed record MaterialDefinition
{
    /// <summary>Its Chinese name.</summary>
    [Id(0)]
    public required string Zh { get; init; }

    /// <summary>Its English name.</summary>
    [Id(1)]
    public required string En { get; init; }

    /// <summary>Whether an application without it is incomplete. Default: yes.</summary>
    [Id(2)]
    public bool Required { get; init; } = true;

    /// <summary>Whether the original is kept and a receipt given for it. Default: no.</summary>
    [Id(3)]
    public bool Receipt { get; init; }

    /// <summary>How many copies. Default: 1.</summary>
    [Id(4)]
    public int Copies { get; init; } = 1;

    /// <summary>Whether a name is its own, in either language. It has no other code.</summary>
    public bool IsCalled(string name) => name == Zh || name == En;
}

/// <summary>How many may be granted (数量限制).</summary>
/// <param name="Number">How many, at least 1.</param>
/// <param name="Period">In what time.</param>
[GenerateSerializer, Immutable]
public sealed record QuantityLimit(int Number, QuantityPeriod Period);

/// <summary>The time a quantity limit is for.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<QuantityPeriod>))]
public enum QuantityPeriod
{
    /// <summary>Each calendar year.</summary>
    Year,

    /// <summary>Altogether.</summary>
    Total,
}
