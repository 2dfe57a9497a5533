using System.Collections.Concurrent;
using OneStop.Journal;
using OneStop.Tests;

namespace OneStop.Bench;

/// <summary>A journal that can remember what is appended through it, to be appended again without grains.</summary>
internal sealed class CapturingJournal(IJournal inner) : JournalDecorator(inner)
{
    private readonly ConcurrentQueue<AppendRequest> requests = new();

    private volatile bool remembers;

    /// <summary>What is appended while something runs, in order. Remembering costs memory, so what is measured goes without.</summary>
    public async Task<IReadOnlyCollection<AppendRequest>> DuringAsync(Func<Task> work)
    {
        remembers = true;
        await work();
        remembers = false;
        var taken = new List<AppendRequest>();
        while (requests.TryDequeue(out var request)) taken.Add(request);
        return taken;
    }

    public override ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellationToken = default)
    {
        if (remembers) requests.Enqueue(request);
        return base.AppendAsync(request, cancellationToken);
    }
}
