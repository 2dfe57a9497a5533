using Orleans;

namespace OneStop.Domain.Deadlines;

/// <summary>A time that does not count (article 45).</summary>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended, itself no longer part of it; null while it is open.</param>
/// <param name="Reason">Its name in an explanation.</param>
[GenerateSerializer, Immutable]
public sealed record Suspension(DateTimeOffset From, DateTimeOffset? To, string Reason);
