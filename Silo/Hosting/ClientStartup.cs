using OneStop.Grains.Catalogue;
using OneStop.Grains.Interfaces.Catalogue;
using Orleans;

namespace OneStop.Silo.Hosting;

/// <summary>Takes the cluster's definitions into force in a process without grains, as soon as there are any and whenever they change.</summary>
internal sealed partial class ClientStartup(IGrainFactory grains, Definitions definitions, TimeProvider time, ILogger<ClientStartup> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first request comes in, when the town is there already.
        await AskAsync();
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await AskAsync();
    }

    private async Task AskAsync()
    {
        try
        {
            if (await grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Kept(definitions.Head) is { } kept) definitions.Load(kept.State, kept.Head);
        }
        catch (Exception e)
        {
            LogWaiting(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster's definitions cannot be read yet; they are asked for again.")]
    private static partial void LogWaiting(ILogger logger, Exception exception);
}
