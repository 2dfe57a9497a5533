using System.Collections.Concurrent;
using OneStop.Journal;
using OneStop.Tests;

namespace OneStop.Bench;

/// <summary>A journal that also remembers what was appended through it, to be appended again without grains.</summary>
internal sealed class CapturingJournal(IJournal inner) : JournalDecorator(inner)
{
    private readonly ConcurrentQueue<AppendRequest> requests = new();

    /// <summary>What was appended, in order.</summary>
    public IReadOnlyCollection<AppendRequest> Requests => requests;

    public override ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default)
    {
        requests.Enqueue(request);
        return base.AppendAsync(request, cancellationToken);
    }
}
