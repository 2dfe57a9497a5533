using System.Collections.Immutable;

namespace OneStop.Journal.Writing;

/// <summary>Something the writer has been asked to do and somebody waits for.</summary>
internal abstract class PendingWork(CancellationToken cancellationToken)
{
    /// <summary>Withdrawn before the writer came to it.</summary>
    public bool IsWithdrawn => cancellationToken.IsCancellationRequested;

    /// <summary>Tells the waiter that it was withdrawn.</summary>
    public abstract void Withdraw();

    /// <summary>Tells the waiter that it failed; false when it has had an answer before.</summary>
    public abstract bool Fail(Exception cause);

    /// <summary>Passed on to the waiter's task when withdrawn.</summary>
    protected CancellationToken Token => cancellationToken;
}

/// <summary>An append with the task somebody awaits.</summary>
internal sealed class PendingAppend(AppendRequest request, ImmutableArray<RowChange> rows, CancellationToken cancellationToken)
    : PendingWork(cancellationToken)
{
    // Asynchronous continuations: a waiter goes on in its own scheduler, never inside the writer's loop.
    private readonly TaskCompletionSource<AppendResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AppendRequest Request { get; } = request;

    /// <summary>The request's rows with their values as the columns hold them.</summary>
    public ImmutableArray<RowChange> Rows { get; } = rows;

    /// <summary>About how many bytes it brings.</summary>
    public long Size { get; } =
        request.Streams.Sum(static stream => (stream.Snapshot?.Length ?? 0) + stream.Events.Sum(static happened => (long)happened.Data.Length))
        + request.Documents.Sum(static document => (long)document.Content.Length) + (request.Command?.Answer.Length ?? 0);

    public Task<AppendResult> Result => _completion.Task;

    public void Complete(AppendResult result) => _completion.TrySetResult(result);

    public override bool Fail(Exception cause) => _completion.TrySetException(cause);

    public override void Withdraw() => _completion.TrySetCanceled(Token);
}

/// <summary>The erasure of a subject, in the writer's order so that no document slips past it.</summary>
internal sealed class PendingErasure(string subject, CancellationToken cancellationToken) : PendingWork(cancellationToken)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Subject { get; } = subject;

    public Task Result => _completion.Task;

    public void Complete() => _completion.TrySetResult();

    public override bool Fail(Exception cause) => _completion.TrySetException(cause);

    public override void Withdraw() => _completion.TrySetCanceled(Token);
}
