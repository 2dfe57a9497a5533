using System.Collections.Immutable;
using OneStop.Domain.Attachments;
using OneStop.Domain.Forms;

namespace OneStop.Domain.Applications;

/// <summary>What a case calls its materials, and what it holds for them.</summary>
public sealed partial record ApplicationState
{
    /// <summary>The file of a content that came last for a material; null when there is none.</summary>
    /// <param name="material">The material by either name, or what was said to be missing.</param>
    /// <param name="sha256">The SHA-256 of the content, hexadecimal.</param>
    public Attachment? Held(string material, string sha256) =>
        Attachments.LastOrDefault(attachment => attachment.Sha256 == sha256 && attachment.Material == NameOf(material));

    /// <summary>The files that it could hand on to another case of its applicant.</summary>
    public ImmutableArray<HeldFile> HeldFiles() =>
    [
        .. Attachments.Select(held => new HeldFile(Number, held.Id, NamesOf(held.Material), held.Type, held.Size, held.Sha256, held.At)),
    ];

    /// <summary>A material as the item names it in Chinese, whichever name was said, or as it was said to be missing; null when it is not asked for.</summary>
    internal string? NameOf(string said) => Item?.Materials.FirstOrDefault(m => m.IsCalled(said))?.Zh ?? (Missing.Contains(said) ? said : null);

    /// <summary>A material in both languages; what is none of the item's stays as it was given.</summary>
    internal LocalizedText NamesOf(string said) =>
        Item?.Materials.FirstOrDefault(m => m.IsCalled(said)) is { } material ? new(material.Zh, material.En) : new(said, said);
}
