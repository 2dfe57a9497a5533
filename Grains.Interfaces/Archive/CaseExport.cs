using System.Collections.Immutable;
using Orleans;

namespace OneStop.Grains.Interfaces.Archive;

/// <summary>
/// An archived case as a file of its own: its events as they are stored, with the hashes that chain them, and the texts they refer to.
/// Whoever has it can check the chain without this program; the rule stands in the README.
/// </summary>
/// <param name="Format">Name and version of this form.</param>
/// <param name="Stream">The name that goes into each hash.</param>
/// <param name="ArchivedAt">When the case was archived.</param>
/// <param name="ErasedAt">When its personal data was erased; null when it was not.</param>
/// <param name="Hash">The hash of the last event, lower-case hexadecimal.</param>
/// <param name="Events">The events, the first one first.</param>
/// <param name="Documents">What the events refer to, unless it was erased or is not for whoever asked.</param>
[GenerateSerializer, Immutable]
public sealed record CaseExport(
    string Format,
    string Stream,
    DateTimeOffset ArchivedAt,
    DateTimeOffset? ErasedAt,
    string Hash,
    ImmutableArray<ExportedEvent> Events,
    ImmutableArray<ExportedDocument> Documents)
{
    /// <summary>The form that this program writes.</summary>
    public const string CurrentFormat = "onestop-case/1";
}

/// <summary>An event of an export.</summary>
/// <param name="Seq">1 for the first.</param>
/// <param name="At">When it happened, microseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Data">The bytes that were hashed: JSON in UTF-8, which is all that JSON is written in here.</param>
/// <param name="Hash">Its hash, lower-case hexadecimal.</param>
[GenerateSerializer, Immutable]
public sealed record ExportedEvent(long Seq, long At, string Actor, string Type, string Data, string Hash);

/// <summary>A document of an export.</summary>
/// <param name="Reference">What events call it.</param>
/// <param name="Text">What stands in it.</param>
[GenerateSerializer, Immutable]
public sealed record ExportedDocument(string Reference, string Text);
