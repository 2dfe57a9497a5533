using System.Collections.Immutable;
using OneStop.Domain.Applications;
using OneStop.Domain.Attachments;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Applications;

/// <summary>
/// The files of a case (电子影像, W5). Their content goes through <see cref="Files.IFileGrain"/>: here is decided whether it may come
/// in, recorded that it did, and told who may have it.
/// </summary>
public interface ICaseFiles : IGrainWithStringKey
{
    /// <summary>Whether a file may be handed in, asked before any of it is kept.</summary>
    /// <param name="info">The command's id; what it will ask is not known yet.</param>
    /// <param name="actor">Who hands it in.</param>
    /// <param name="queryCode">The applicant's query code; null for staff.</param>
    /// <param name="material">The material.</param>
    /// <param name="size">Its size in bytes as far as it is known; otherwise 0.</param>
    /// <param name="source">The case that it is taken over from; null when it is sent.</param>
    /// <exception cref="Domain.OneStopException">It may not come in, see <see cref="ApplicationRules"/>.</exception>
    [ReadOnly]
    Task<UploadPermit> ExpectFile(CommandInfo info, Actor actor, string? queryCode, string material, long size, MaterialSource? source);

    /// <summary>Records a file whose content is kept as an upload.</summary>
    /// <param name="info">The command's id.</param>
    /// <param name="actor">Who hands it in.</param>
    /// <param name="queryCode">The applicant's query code; null for staff.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="Domain.OneStopException">
    /// It may not come in, see <see cref="ApplicationRules"/>; <c>upload-lost</c>: not all of it is kept, it is to be sent again.
    /// </exception>
    Task<AttachmentView> AttachFile(CommandInfo info, Actor actor, string? queryCode, UploadedFile file);

    /// <summary>Its files with their names.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="queryCode">The applicant's query code; null for staff.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-application</c>, <c>not-allowed</c>, see <see cref="PersonalDataRules"/>.</exception>
    [ReadOnly]
    Task<ImmutableArray<NamedAttachment>> Attachments(Actor actor, string? queryCode);

    /// <summary>Where a file's content is.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="queryCode">The applicant's query code; null for staff.</param>
    /// <param name="id">Its number within the case.</param>
    /// <exception cref="Domain.OneStopException"><c>unknown-application</c>, <c>not-allowed</c>, <c>unknown-attachment</c>.</exception>
    [ReadOnly]
    Task<AttachmentContent> Attachment(Actor actor, string? queryCode, int id);
}

/// <summary>Permission to send a file.</summary>
/// <param name="Subject">Whose data it is kept among.</param>
/// <param name="Known">Whether this command was carried out before: then nothing need be kept, only its first answer is wanted.</param>
[GenerateSerializer, Immutable]
public sealed record UploadPermit(string Subject, bool Known);

/// <summary>A file that was sent.</summary>
/// <param name="Upload">The upload that holds its content; null when the command is known and nothing was kept.</param>
/// <param name="Parts">How many parts it has.</param>
/// <param name="Material">The material.</param>
/// <param name="Type">Its media type, by its content.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, hexadecimal.</param>
/// <param name="Name">Its name, kept apart and encrypted.</param>
[GenerateSerializer, Immutable]
public sealed record UploadedFile(string? Upload, int Parts, string Material, string Type, long Size, string Sha256, CaseText Name)
{
    /// <summary>The case that it is taken over from. Default: null, it was sent.</summary>
    [Id(0)]
    public MaterialSource? Source { get; init; }
}

/// <summary>A file of a case with its name.</summary>
/// <param name="File">The file.</param>
/// <param name="Name">Its name; null when it was erased.</param>
[GenerateSerializer, Immutable]
public sealed record NamedAttachment(AttachmentView File, string? Name);

/// <summary>A file of a case and where its content is.</summary>
/// <param name="File">The file with its name.</param>
/// <param name="Subject">Whose data it is among.</param>
/// <param name="Parts">How many parts it has.</param>
/// <param name="Source">The case and its applicant, for handing it on to another case.</param>
[GenerateSerializer, Immutable]
public sealed record AttachmentContent(NamedAttachment File, string Subject, int Parts, MaterialSource Source);
