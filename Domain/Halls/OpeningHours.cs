using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>When a counter is planned to serve, in the hall's local time, every day the hall is open.</summary>
/// <param name="From">From.</param>
/// <param name="To">Until; after <paramref name="From"/>.</param>
[GenerateSerializer, Immutable]
public sealed record OpeningHours(TimeOnly From, TimeOnly To);
