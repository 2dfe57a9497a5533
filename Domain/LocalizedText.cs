using Orleans;

namespace OneStop.Domain;

/// <summary>A name in the two languages of the system.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
[GenerateSerializer, Immutable]
public sealed record LocalizedText([property: Id(0)] string Zh, [property: Id(1)] string En);
