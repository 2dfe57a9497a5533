using Orleans;

namespace OneStop.Domain.Licences;

/// <summary>What is wanted of a licence.</summary>
[GenerateSerializer, Immutable]
public abstract record LicenceCommand;

/// <summary>Records its inspection (年检). Handlers and the head of its department.</summary>
/// <param name="Passed">Whether all is in order.</param>
/// <param name="OpinionReference">Reference of the document that holds the opinion; required when it did not pass.</param>
[GenerateSerializer, Immutable]
public sealed record InspectLicence(bool Passed, string? OpinionReference) : LicenceCommand;

/// <summary>Renews it for as long again (延续, article 50). The head of its department, before its time is over.</summary>
[GenerateSerializer, Immutable]
public sealed record RenewLicence : LicenceCommand;

/// <summary>Takes it back (article 69). The head of its department.</summary>
/// <param name="Basis">The law it rests on; required.</param>
/// <param name="ReasonReference">Reference of the document that holds the reason; required.</param>
[GenerateSerializer, Immutable]
public sealed record RevokeLicence(string? Basis, string? ReasonReference) : LicenceCommand;
