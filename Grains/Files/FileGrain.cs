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
    public async Task<byte[]> Part(string subject, string sha256, int part) =>
        await journal.ReadFilePartAsync(subject, sha256, part) ?? throw Refusals.Unknown("file", sha256);
}
