using Orleans;

namespace OneStop.Domain;

/// <summary>A name in the two languages of the system.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
[GenerateSerializer, Immutable]
public sealed record LocalizedText(string Zh, string En);
