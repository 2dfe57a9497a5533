using System.Collections.Immutable;
using OneStop.Domain.Catalogue;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>An application came in; the acceptance clock starts (article 32).</summary>
/// <param name="At">When it was received.</param>
/// <param name="Actor">Who brought it in.</param>
/// <param name="Number">Acceptance number (受理号).</param>
/// <param name="Registration">Registration number (登记号) of the applicant.</param>
/// <param name="Item">The item in the version that stays in force for this case.</param>
/// <param name="Channel">Where it came in.</param>
/// <param name="Materials">References of the materials handed in.</param>
/// <param name="DocumentReference">Reference of the document with the applicant's data and form; null without one.</param>
/// <param name="QueryCodeHash">Hash of the query code; null when the public cannot ask.</param>
[GenerateSerializer, Immutable, EventType("application.received", 1)]
public sealed record ApplicationReceived(
    DateTimeOffset At,
    string Actor,
    string Number,
    string Registration,
    ItemDefinition Item,
    Channel Channel,
    ImmutableArray<string> Materials,
    string? DocumentReference,
    string? QueryCodeHash) : ApplicationEvent(At, Actor)
{
    /// <summary>What the item's process asks of the form and is answered with yes. Default: nothing.</summary>
    [Id(0)]
    public ImmutableArray<string> FormAnswers { get; init; } = [];

    /// <summary>The version of the calendar that the case is planned by. Default: 0, the one that came with the program of the time.</summary>
    [Id(1)]
    public int CalendarVersion { get; init; }
}

/// <summary>All that is missing was said, once (article 32); the acceptance clock stops.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who said it.</param>
/// <param name="Missing">Names of the materials or fields that are missing or wrong.</param>
[GenerateSerializer, Immutable, EventType("application.correction-requested", 1)]
public sealed record CorrectionRequested(DateTimeOffset At, string Actor, ImmutableArray<string> Missing) : ApplicationEvent(At, Actor);

/// <summary>What was missing came in (补件); a new acceptance clock starts.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who brought it in.</param>
/// <param name="Materials">References of the materials handed in.</param>
[GenerateSerializer, Immutable, EventType("application.supplemented", 1)]
public sealed record ApplicationSupplemented(DateTimeOffset At, string Actor, ImmutableArray<string> Materials) : ApplicationEvent(At, Actor);

/// <summary>The application was accepted (受理); the statutory and the committed clock start.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who accepted it.</param>
[GenerateSerializer, Immutable, EventType("application.accepted", 1)]
public sealed record ApplicationAccepted(DateTimeOffset At, string Actor) : ApplicationEvent(At, Actor);

/// <summary>
/// Nobody accepted, refused or asked for corrections in time: it counts as accepted from the day it was received (article 32).
/// </summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor"><c>system</c>.</param>
/// <param name="EffectiveFrom">When what is accepted was received; the statutory and the committed clock start here.</param>
/// <param name="DeemedAt">When the acceptance limit ended; the first steps open here.</param>
[GenerateSerializer, Immutable, EventType("application.deemed-accepted", 1)]
public sealed record ApplicationDeemedAccepted(DateTimeOffset At, string Actor, DateTimeOffset EffectiveFrom, DateTimeOffset DeemedAt)
    : ApplicationEvent(At, Actor);

/// <summary>The application was refused before acceptance (不予受理).</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who refused it.</param>
/// <param name="Basis">The law it rests on.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason.</param>
[GenerateSerializer, Immutable, EventType("application.refused", 1)]
public sealed record ApplicationRefused(DateTimeOffset At, string Actor, string Basis, string ReasonReference) : ApplicationEvent(At, Actor);
