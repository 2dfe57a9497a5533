using Orleans;

namespace OneStop.Domain.Attachments;

/// <summary>A file handed in for a material of a case (电子影像). Its name is personal data and kept apart.</summary>
/// <param name="Id">Its number within the case, from 1.</param>
/// <param name="Material">The material's Chinese name, or what was said to be missing.</param>
/// <param name="Type">Its media type, by its content.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, hexadecimal.</param>
/// <param name="At">When it was handed in.</param>
/// <param name="NameReference">Reference of the document that holds its name.</param>
[GenerateSerializer, Immutable]
public sealed record Attachment(int Id, string Material, string Type, long Size, string Sha256, DateTimeOffset At, string NameReference);

/// <summary>A file of a case as it is shown; without its name, which is personal data.</summary>
/// <param name="Id">Its number within the case, from 1.</param>
/// <param name="Material">The material's Chinese name, or what was said to be missing.</param>
/// <param name="Type">Its media type, by its content.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, hexadecimal.</param>
/// <param name="At">When it was handed in.</param>
[GenerateSerializer, Immutable]
public sealed record AttachmentView(int Id, string Material, string Type, long Size, string Sha256, DateTimeOffset At)
{
    /// <summary>The view of a file.</summary>
    public static AttachmentView Of(Attachment attachment) =>
        new(attachment.Id, attachment.Material, attachment.Type, attachment.Size, attachment.Sha256, attachment.At);
}
