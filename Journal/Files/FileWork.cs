using OneStop.Journal.Writing;

namespace OneStop.Journal.Files;

/// <summary>What the writer is asked to do with files.</summary>
internal abstract record FileWork
{
    /// <summary>Refuses what no store could keep.</summary>
    /// <exception cref="ArgumentException">It is malformed; the message says where.</exception>
    public abstract void Check();
}

internal sealed record PutPart(FilePart Part) : FileWork
{
    private const int MostBytes = 1 << 20;

    public override void Check()
    {
        RequestValidator.CheckName(Part.Subject, "A file's subject");
        RequestValidator.CheckName(Part.Upload, "An upload's id");
        ArgumentOutOfRangeException.ThrowIfNegative(Part.Part);
        if (Part.Content is not { Length: > 0 and <= MostBytes })
            throw new ArgumentException($"A part has 1 to {MostBytes} bytes.");
    }
}

internal sealed record SealUpload(FileSeal Seal) : FileWork
{
    public override void Check()
    {
        RequestValidator.CheckName(Seal.Subject, "A file's subject");
        RequestValidator.CheckName(Seal.Upload, "An upload's id");
        if (Seal.Sha256 is not { Length: 64 } || !Seal.Sha256.All(static c => c is >= '0' and <= '9' or >= 'a' and <= 'f'))
            throw new ArgumentException("A file's hash is 64 lower-case hexadecimal digits.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Seal.Parts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Seal.Size, Seal.Parts);
    }
}

internal sealed record DropUpload(string Upload) : FileWork
{
    public override void Check() => RequestValidator.CheckName(Upload, "An upload's id");
}

/// <summary>
/// Work on files in the writer's order, so that no part slips past an erasure. The writer does one such piece between two
/// batches: whoever appends waits for one part at most, never for a file.
/// </summary>
internal sealed class PendingFileWork(FileWork work, CancellationToken cancellationToken) : PendingWork(cancellationToken)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FileWork Work { get; } = work;

    public Task Result => _completion.Task;

    public void Complete() => _completion.TrySetResult();

    public override bool Fail(Exception cause) => _completion.TrySetException(cause);

    public override void Withdraw() => _completion.TrySetCanceled(Token);
}
