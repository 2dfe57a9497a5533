using OneStop.Grains.Deadlines;
using OneStop.Grains.Interfaces.Deadlines;

namespace OneStop.Grains.Tests;

/// <summary>The machine's clock, which a test can put forward; on either runtime.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));

    /// <summary>Puts it forward and has the durable clock look at once, as its host does every few seconds.</summary>
    public Task JumpToAsync(TestTown town, DateTimeOffset instant)
    {
        Interlocked.Add(ref ahead, (instant - GetUtcNow()).Ticks);
        return Task.WhenAll(Enumerable.Range(0, IDeadlineGrain.Shards).Select(shard => town.Grains.GetGrain<IDeadlineGrain>(DeadlineGrain.KeyOf(shard)).Look()));
    }
}
