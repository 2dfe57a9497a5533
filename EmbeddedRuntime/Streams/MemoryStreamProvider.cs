using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Streams;

namespace OneStop.EmbeddedRuntime;

/// <summary>Streams within the process: what nobody subscribes to is gone at once.</summary>
internal sealed class MemoryStreamProvider(string name, GrainRuntime runtime) : IStreamProvider
{
    private readonly ConcurrentDictionary<StreamId, StreamHub> _hubs = new();

    public string Name => name;

    public bool IsRewindable => false;

    public GrainRuntime Runtime => runtime;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) =>
        new MemoryStream<T>(this, _hubs.GetOrAdd(streamId, static id => new StreamHub(id)));
}

/// <summary>One stream's subscriptions.</summary>
internal sealed class StreamHub(StreamId id)
{
    private readonly Lock _gate = new();
    private readonly List<StreamSubscription> _subscriptions = [];
    private long _lastNumber;

    public StreamId Id => id;

    /// <summary>Hands an item to all subscriptions; the order of items is the same for each of them.</summary>
    public void Publish(object? item)
    {
        lock (_gate)
        {
            var token = new MemorySequenceToken(++_lastNumber);
            foreach (var subscription in _subscriptions)
            {
                subscription.Add(item, token);
            }
        }
    }

    public void Add(StreamSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }
    }

    public void Remove(StreamSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }

        subscription.End();
    }

    public List<StreamSubscription> Of(GrainId? owner)
    {
        lock (_gate)
        {
            return _subscriptions.FindAll(s => s.Owner == owner);
        }
    }
}
