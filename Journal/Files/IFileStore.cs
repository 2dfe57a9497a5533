namespace OneStop.Journal;

/// <summary>
/// Files of subjects: personal data too large for a document. They come and go in parts, so that neither a process nor the
/// writer ever holds a whole one; each part is encrypted with its subject's key and erased with it. What a subject has twice is
/// kept once, by the hash of its content.
/// </summary>
/// <remarks>
/// A file is durable before the event that refers to it is asked for. What was begun and never sealed is removed when a journal
/// is opened a day later; what was sealed and is referred to by no event does no harm and goes with its subject.
/// </remarks>
public interface IFileStore
{
    /// <summary>Keeps a part of an upload; completes when it is durable. The same part again replaces it.</summary>
    /// <exception cref="ArgumentException">The part is malformed.</exception>
    ValueTask PutFilePartAsync(FilePart part, CancellationToken cancellationToken = default);

    /// <summary>Makes an upload the subject's file of this content; when there is one already, the upload is dropped.</summary>
    /// <returns>Whether the file is there now; false when parts or bytes are missing, as when the subject was erased meanwhile.</returns>
    /// <exception cref="ArgumentException">The description is malformed.</exception>
    ValueTask<bool> SealFileAsync(FileSeal seal, CancellationToken cancellationToken = default);

    /// <summary>Removes an upload that was not sealed; one that was, or is not there, stays as it is.</summary>
    ValueTask DropUploadAsync(string upload, CancellationToken cancellationToken = default);

    /// <summary>A subject's file by the hash of its content; null when there is none or the subject was erased.</summary>
    ValueTask<StoredFile?> FindFileAsync(string subject, string sha256, CancellationToken cancellationToken = default);

    /// <summary>A part of a file, decrypted; null when it has no such part or the subject was erased.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The part or its key was changed or moved.</exception>
    ValueTask<byte[]?> ReadFilePartAsync(string subject, string sha256, int part, CancellationToken cancellationToken = default);
}

/// <summary>A part of a file that comes in.</summary>
/// <param name="Subject">Whose data it is.</param>
/// <param name="Upload">An id that nobody else uses, the same for all parts.</param>
/// <param name="Part">Its place, from 0; part 0 comes first.</param>
/// <param name="Content">The plain bytes, at most 1 MB.</param>
public sealed record FilePart(string Subject, string Upload, int Part, byte[] Content);

/// <summary>What an upload amounts to.</summary>
/// <param name="Subject">Whose data it is.</param>
/// <param name="Upload">The upload.</param>
/// <param name="Sha256">The content's SHA-256, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">The content's size in bytes.</param>
/// <param name="Parts">How many parts it has.</param>
public sealed record FileSeal(string Subject, string Upload, string Sha256, long Size, int Parts);

/// <summary>A file that is kept.</summary>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Parts">How many parts it has.</param>
public sealed record StoredFile(long Size, int Parts);

/// <summary>Tells which file events of a type refer to, so that a walk over the record can look for it.</summary>
/// <param name="EventType">Stable name with version.</param>
/// <param name="Read">The file, from the event's bytes.</param>
public sealed record FileReferences(string EventType, Func<byte[], FileReference> Read);

/// <summary>A file as an event refers to it.</summary>
/// <param name="Subject">Whose data it is.</param>
/// <param name="Sha256">The content's SHA-256, 64 lower-case hexadecimal digits.</param>
/// <param name="Size">The content's size in bytes.</param>
public sealed record FileReference(string Subject, string Sha256, long Size);
