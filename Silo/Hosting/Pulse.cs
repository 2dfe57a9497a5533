using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Journal;
using Orleans;

namespace OneStop.Silo.Hosting;

/// <summary>
/// Every five seconds of real time, has every shard of the durable clock look at its table and every board count again:
/// so each is alive somewhere, and whatever hint was lost costs seconds. Before that, this process looks whether definitions changed.
/// </summary>
internal sealed partial class Pulse(
    IGrainFactory grains, Definitions definitions, DeliveryTurns turns, IJournal journal, TimeProvider time, ILogger<Pulse> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private bool begun;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            await BeatAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task BeatAsync()
    {
        try
        {
            await definitions.LookAsync(journal);
            if (!begun)
            {
                using var gathering = turns.Gather();
                await Task.WhenAll(Shards().Select(shard => shard.Begin()));
                begun = true;
            }

            await Task.WhenAll(Shards().Select(shard => shard.Look()));
            if (definitions.Town is { } town) await grains.GetGrain<IRegionGrain>(town.Region.Code).Reconcile();
            // So that the first who asks does not wait for what came meanwhile.
            await grains.GetGrain<IPerformanceGrain>(IPerformanceGrain.KeyOf(definitions.Calendar(null).DateOf(time.GetUtcNow()).Year)).CatchUp();
        }
        catch (Exception e)
        {
            LogMissed(logger, e);
        }
    }

    private IEnumerable<IDeadlineGrain> Shards() =>
        Enumerable.Range(0, IDeadlineGrain.Shards).Select(shard => grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A look at the durable clock failed; the next one comes in five seconds.")]
    private static partial void LogMissed(ILogger logger, Exception exception);
}
