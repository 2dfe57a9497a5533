using System.Collections.Immutable;
using OneStop.Domain;
using Orleans;

namespace OneStop.Grains.Interfaces.Archive;

/// <summary>Questions to the archive; the key is <see cref="Key"/>.</summary>
public interface IArchiveGrain : IGrainWithStringKey
{
    /// <summary>The one key.</summary>
    const string Key = "archive";

    /// <summary>Archived cases, by number.</summary>
    Task<ImmutableArray<ArchivedCase>> Cases(ArchiveQuestion question);
}

/// <summary>Which archived cases; null means any.</summary>
[GenerateSerializer, Immutable]
public sealed record ArchiveQuestion(string? Item, string? Department, string? After, int Limit);

/// <summary>An archived case. Nothing of its applicant stands in it.</summary>
/// <param name="AcceptanceNumber">Its number.</param>
/// <param name="Item">Code of its item.</param>
/// <param name="Name">The item's name.</param>
/// <param name="Department">Code of the department in charge.</param>
/// <param name="EndedAt">When the case ended.</param>
/// <param name="ArchivedAt">When it was archived.</param>
/// <param name="Rule">The rule of retention.</param>
/// <param name="ErasedAt">When its personal data was erased; null when it was not.</param>
[GenerateSerializer, Immutable]
public sealed record ArchivedCase(
    string AcceptanceNumber,
    string Item,
    LocalizedText Name,
    string Department,
    DateTimeOffset EndedAt,
    DateTimeOffset ArchivedAt,
    string Rule,
    DateTimeOffset? ErasedAt);
