using OneStop.Journal.Files;

namespace OneStop.Journal;

/// <summary>Files, in the writer's order and one piece of work at a time.</summary>
internal sealed partial class StoreJournal
{
    public ValueTask PutFilePartAsync(FilePart part, CancellationToken cancellationToken = default) => DoAsync(new PutPart(part), cancellationToken);

    public async ValueTask<bool> SealFileAsync(FileSeal seal, CancellationToken cancellationToken = default)
    {
        await DoAsync(new SealUpload(seal), cancellationToken);
        return await FindFileAsync(seal.Subject, seal.Sha256, cancellationToken) is not null;
    }

    public ValueTask DropUploadAsync(string upload, CancellationToken cancellationToken = default) => DoAsync(new DropUpload(upload), cancellationToken);

    public async ValueTask<StoredFile?> FindFileAsync(string subject, string sha256, CancellationToken cancellationToken = default) =>
        await _files.FindAsync(subject, sha256, cancellationToken) is { Parts: > 0 } file ? file : null;

    public ValueTask<byte[]?> ReadFilePartAsync(string subject, string sha256, int part, CancellationToken cancellationToken = default) =>
        _files.ReadAsync(subject, sha256, part, cancellationToken);

    private ValueTask DoAsync(FileWork work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        work.Check();
        var pending = new PendingFileWork(work, cancellationToken);
        _writer.Enqueue(pending);
        return new ValueTask(pending.Result);
    }
}
