using System.Text.Json.Serialization;
using Orleans;

namespace OneStop.Domain.Catalogue;

/// <summary>What an item costs (收费标准).</summary>
/// <param name="Basis">The rule that sets it.</param>
/// <param name="AmountInFen">How much, in hundredths of a yuan.</param>
/// <param name="Unit">For what, such as "each certificate".</param>
[GenerateSerializer, Immutable]
public sealed record FeeStandard(string Basis, long AmountInFen, LocalizedText Unit)
{
    /// <summary>What waits until the fee is paid or waived. Default: nothing.</summary>
    [Id(0)]
    public FeeGate Gate { get; init; }

    /// <summary>The step that waits, when <see cref="Gate"/> is a step. Default: null.</summary>
    [Id(1)]
    public string? GatedStep { get; init; }

    /// <summary>Whether the clocks of the case stand still from the demand until it is paid or waived. Default: they run.</summary>
    [Id(2)]
    public bool ClocksStandStill { get; init; }

    internal IEnumerable<Fault> Faults(ItemDefinition item)
    {
        if (AmountInFen is < 0 or > 100_000_000_00)
            yield return new("/amountInFen", "out-of-range", "A fee is 0 to 100 million yuan.");
        if (Gate == FeeGate.Step && !item.Steps.Any(step => step.Id == GatedStep))
            yield return new("/gatedStep", "unknown-step", "Name the step that waits for the payment.");
        if (Gate != FeeGate.Step && GatedStep is not null)
            yield return new("/gatedStep", "no-step-waits", "A step is named only when the gate is a step.");
    }
}

/// <summary>What waits for the payment of a fee.</summary>
[GenerateSerializer, JsonConverter(typeof(CamelCaseEnumConverter<FeeGate>))]
public enum FeeGate
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Acceptance.</summary>
    Acceptance,

    /// <summary>A step.</summary>
    Step,

    /// <summary>The grant; a denial does not wait.</summary>
    Decision,

    /// <summary>Delivery of what was granted.</summary>
    Delivery,
}
