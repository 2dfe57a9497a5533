using OneStop.Domain.Catalogue;
using OneStop.Domain.Supervision;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>Records that a case of an outside system started. The system, administrators and officers.</summary>
/// <param name="Number">The case's number there.</param>
/// <param name="Item">The item; see <see cref="ItemDefinition.Reported"/>.</param>
/// <param name="Start">When it started.</param>
/// <param name="Deadline">The deadline set there, in place of the item's limits; null for none.</param>
[GenerateSerializer, Immutable]
public sealed record ReportStart(string Number, ItemDefinition Item, DateTimeOffset Start, DateTimeOffset? Deadline = null) : ApplicationCommand;

/// <summary>Records something that an outside system did, whatever its order. The system, administrators and officers.</summary>
/// <param name="Activity">What was done.</param>
[GenerateSerializer, Immutable]
public sealed record ReportActivity(ReportedActivity Activity) : ApplicationCommand;

/// <summary>Records that a case of an outside system ended, also before its start is known. The system, administrators and officers.</summary>
/// <param name="End">When it ended.</param>
[GenerateSerializer, Immutable]
public sealed record ReportEnd(DateTimeOffset End) : ApplicationCommand;
