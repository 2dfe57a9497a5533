using System.Security.Cryptography;
using OneStop.Domain;
using OneStop.Grains.Interfaces.Files;
using OneStop.Journal;
using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Files;

/// <summary>Between the web and the record's files.</summary>
[StatelessWorker]
public sealed class FileGrain(IJournal journal) : Grain, IFileGrain
{
    /// <inheritdoc/>
    public async Task Put(string subject, string upload, int part, byte[] content) =>
        await journal.PutFilePartAsync(new FilePart(subject, upload, part, content));

    /// <inheritdoc/>
    public async Task Drop(string upload) => await journal.DropUploadAsync(upload);

    /// <inheritdoc/>
    public async Task Copy(string subject, string sha256, int parts, string to, string upload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var part = 0; part < parts; part++)
        {
            var content = await Part(subject, sha256, part);
            hash.AppendData(content);
            await Put(to, upload, part, content);
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256)
            throw new OneStopException(RefusalKind.Unprocessable, "file-damaged", "What is kept of this file is not what was handed in; hand it in anew.");
    }

    /// <inheritdoc/>
    public async Task<byte[]> Part(string subject, string sha256, int part) =>
        await journal.ReadFilePartAsync(subject, sha256, part) ?? throw Refusals.Unknown("file", sha256);
}
