using Orleans;
using Orleans.Concurrency;

namespace OneStop.Grains.Interfaces.Deadlines;

/// <summary>One shard of the durable clock; the key is <c>shard-</c> and its number.</summary>
public interface IDeadlineGrain : IGrainWithStringKey
{
    /// <summary>Shards in all. Fixed: rows carry the number.</summary>
    const int Shards = 64;

    /// <summary>A stream's next wake-up has changed; a hint that may be lost.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="due">Its next wake-up; null when there is none.</param>
    /// <param name="head">Sequence number of the stream's last event then: what is told of an earlier state than is known changes nothing.</param>
    [OneWay]
    Task Tell(string stream, DateTimeOffset? due, long head);

    /// <summary>Looks at the table again, whatever was told, and delivers what is due.</summary>
    Task Look();

    /// <summary>The same without waiting until what is due is delivered.</summary>
    Task Begin();
}
