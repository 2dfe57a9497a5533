using OneStop.Domain.Attachments;
using Orleans;

namespace OneStop.Domain.Applications;

/// <summary>
/// Asks whether a file may be handed in, before its content is sent; records nothing of its own. The applicant, clerks, and
/// handlers and heads of a department involved.
/// </summary>
/// <param name="Material">The material's name, Chinese or English, or what was said to be missing.</param>
/// <param name="Size">Its size in bytes as far as it is known; otherwise 0.</param>
[GenerateSerializer, Immutable]
public sealed record ExpectMaterial(string Material, long Size) : ApplicationCommand
{
    /// <summary>The case that it is taken over from. Default: null, it is sent.</summary>
    [Id(0)]
    public MaterialSource? Source { get; init; }
}

/// <summary>Hands in a file for a material; one that is taken over and already held for it changes nothing. The same people.</summary>
/// <param name="Material">The material's name, Chinese or English, or what was said to be missing.</param>
/// <param name="Type">Its media type, by its content.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, hexadecimal.</param>
/// <param name="Subject">Whose data it is kept among.</param>
/// <param name="NameReference">Reference of the document that holds its name.</param>
[GenerateSerializer, Immutable]
public sealed record AttachMaterial(string Material, string Type, long Size, string Sha256, string Subject, string NameReference) : ApplicationCommand
{
    /// <summary>The case that it is taken over from. Default: null, it was sent.</summary>
    [Id(0)]
    public MaterialSource? Source { get; init; }
}
