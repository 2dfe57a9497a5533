using System.Collections.Immutable;
using OneStop.Domain.Catalogue;
using OneStop.Domain.Processes;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>Takes an application in. Anybody may.</summary>
/// <param name="Number">Acceptance number.</param>
/// <param name="Registration">Registration number of the applicant.</param>
/// <param name="Item">The item in its version now in force.</param>
/// <param name="Channel">Where it comes in.</param>
/// <param name="Materials">References of the materials handed in.</param>
/// <param name="DocumentReference">Reference of the document with the applicant's data and form.</param>
/// <param name="QueryCodeHash">Hash of the query code.</param>
[GenerateSerializer, Immutable]
public sealed record ReceiveApplication(
    string Number,
    string Registration,
    ItemDefinition Item,
    Channel Channel,
    ImmutableArray<string> Materials,
    string? DocumentReference = null,
    string? QueryCodeHash = null) : ApplicationCommand
{
    /// <summary>What the item's process asks of the form and is answered with yes, see <see cref="FormQuestion"/>. Default: nothing.</summary>
    [Id(0)]
    public ImmutableArray<string> FormAnswers { get; init; } = [];
}

/// <summary>Accepts it. Clerks, and handlers and heads of a department involved.</summary>
[GenerateSerializer, Immutable]
public sealed record AcceptApplication : ApplicationCommand;

/// <summary>Says all that is missing, once. Clerks, and handlers and heads of a department involved.</summary>
/// <param name="Missing">Names of materials or fields, 1 to 100 of at most 200 characters.</param>
[GenerateSerializer, Immutable]
public sealed record RequestCorrection(ImmutableArray<string> Missing) : ApplicationCommand;

/// <summary>Hands in what was missing. The applicant, clerks, and handlers and heads of a department involved.</summary>
/// <param name="Materials">References of the materials handed in.</param>
[GenerateSerializer, Immutable]
public sealed record SupplementApplication(ImmutableArray<string> Materials) : ApplicationCommand;

/// <summary>Refuses it before acceptance. Clerks, and handlers and heads of a department involved.</summary>
/// <param name="Basis">The law it rests on; required.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason; required.</param>
[GenerateSerializer, Immutable]
public sealed record RefuseApplication(string? Basis, string? ReasonReference) : ApplicationCommand;
