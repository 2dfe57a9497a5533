using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>Something somebody wants done to a case; see <see cref="ApplicationRules.Decide"/>.</summary>
[GenerateSerializer, Immutable]
public abstract record ApplicationCommand;

/// <summary>A due instant has come: record what is reached at it, or at the present when that is later.</summary>
/// <param name="Due">The instant the wake-up was set for.</param>
[GenerateSerializer, Immutable]
public sealed record WakeUp(DateTimeOffset Due) : ApplicationCommand;
