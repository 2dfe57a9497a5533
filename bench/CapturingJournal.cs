using System.Collections.Concurrent;
using OneStop.Journal;
using OneStop.Tests;

namespace OneStop.Bench;

/// <summary>A journal that also remembers what was appended through it, to be appended again without grains.</summary>
internal sealed class CapturingJournal(IJournal inner) : JournalDecorator(inner)
{
    private readonly ConcurrentQueue<AppendRequest> requests = new();

    /// <summary>Takes out what was appended since the last time, in order.</summary>
    public IReadOnlyCollection<AppendRequest> Take()
    {
        var taken = new List<AppendRequest>();
        while (requests.TryDequeue(out var request)) taken.Add(request);
        return taken;
    }

    public override ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default)
    {
        requests.Enqueue(request);
        return base.AppendAsync(request, cancellationToken);
    }
}
