using OneStop.Grains.Catalogue;
using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Deadlines;
using OneStop.Grains.Interfaces.Supervision;
using OneStop.Journal;
using Orleans;

namespace OneStop.Silo.Hosting;

/// <summary>
/// Every five seconds of real time, and when it is nudged, has every shard of the durable clock look at its table and every board
/// count again: so each is alive somewhere, and whatever hint was lost costs seconds. Before that, this process looks whether
/// definitions changed.
/// </summary>
internal sealed partial class Pulse(
    IGrainFactory grains, Definitions definitions, DeliveryTurns turns, IJournal journal, PulseNudge nudge, TimeProvider time, ILogger<Pulse> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    // A shard whose silo has just ended is found again as soon as that is known everywhere.
    private static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(500);

    private bool begun;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var (tick, nudged) = (timer.WaitForNextTickAsync(stoppingToken).AsTask(), nudge.WaitAsync(stoppingToken));
        while (true)
        {
            await BeatAsync(stoppingToken);
            await await Task.WhenAny(tick, nudged);
            if (tick.IsCompleted) tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
            if (nudged.IsCompleted) nudged = nudge.WaitAsync(stoppingToken);
        }
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
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

            await Task.WhenAll(Shards().Select(shard => LookAsync(shard, stoppingToken)));
            if (definitions.Town is { } town) await grains.GetGrain<IRegionGrain>(town.Region.Code).Reconcile();
            // So that the first who asks does not wait for what came meanwhile.
            await grains.GetGrain<IPerformanceGrain>(IPerformanceGrain.KeyOf(definitions.Calendar(null).DateOf(time.GetUtcNow()).Year)).CatchUp();
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Cut short by the stop: another process looks, or the next start does.
        }
        catch (Exception e)
        {
            LogMissed(logger, e);
        }
    }

    private async Task LookAsync(IDeadlineGrain shard, CancellationToken stoppingToken)
    {
        try
        {
            await shard.Look();
        }
        catch (Exception)
        {
            await Task.Delay(SecondLook, time, stoppingToken);
            await shard.Look();
        }
    }

    private IEnumerable<IDeadlineGrain> Shards() =>
        Enumerable.Range(0, IDeadlineGrain.Shards).Select(shard => grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A look at the durable clock failed; the next one comes in five seconds.")]
    private static partial void LogMissed(ILogger logger, Exception exception);
}
