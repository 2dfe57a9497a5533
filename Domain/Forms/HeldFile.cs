using Orleans;

namespace OneStop.Domain.Forms;

/// <summary>A file that a case of the applicant holds; without its name, which is personal data.</summary>
/// <param name="Application">Acceptance number of the case.</param>
/// <param name="Attachment">Its number within the case, from 1.</param>
/// <param name="Material">What the case calls its material; the same in both languages when only one name was said.</param>
/// <param name="Type">Its media type, by its content.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, hexadecimal.</param>
/// <param name="At">When it was handed in.</param>
[GenerateSerializer, Immutable]
public sealed record HeldFile(
    string Application, int Attachment, LocalizedText Material, string Type, long Size, string Sha256, DateTimeOffset At);

/// <summary>A file that is offered again.</summary>
/// <param name="Material">The material of the item that asks for it, by its Chinese name.</param>
/// <param name="File">The file.</param>
/// <param name="Name">Its name; null when it is not known.</param>
[GenerateSerializer, Immutable]
public sealed record OfferedFile(string Material, HeldFile File, string? Name);
