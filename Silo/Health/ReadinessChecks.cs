using OneStop.Grains.Catalogue;
using OneStop.Journal;
using OneStop.Silo.Hosting;
using OneStop.WebFrontend.Health;

namespace OneStop.Silo.Health;

/// <summary>The record takes appends: an empty one goes through the writer and a transaction of its store and leaves nothing.</summary>
internal sealed class JournalReadiness(IJournal journal) : IReadinessCheck
{
    /// <inheritdoc/>
    public string Name => "journal";

    /// <inheritdoc/>
    public async ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        try
        {
            await journal.AppendAsync(new AppendRequest { Streams = [] }, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is StoreUnavailableException or ObjectDisposedException)
        {
            return "The store cannot be reached or does not take appends.";
        }
    }
}

/// <summary>Everything has started, and nothing is stopping: a process that stops takes no new visitors.</summary>
internal sealed class RuntimeReadiness(IHostApplicationLifetime lifetime) : IReadinessCheck
{
    /// <inheritdoc/>
    public string Name => "runtime";

    /// <inheritdoc/>
    public ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? "It is stopping."
        : lifetime.ApplicationStarted.IsCancellationRequested ? null
        : "It is still starting.");
}

/// <summary>The town's definitions are in force, unless it was started bare on purpose.</summary>
internal sealed class DefinitionsReadiness(Definitions definitions, ServeOptions options) : IReadinessCheck
{
    /// <inheritdoc/>
    public string Name => "definitions";

    /// <inheritdoc/>
    public ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(definitions.Town is not null || options.Empty ? null : "The town is not defined yet.");
}
