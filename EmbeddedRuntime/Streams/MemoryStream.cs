using Orleans.Runtime;
using Orleans.Streams;

namespace OneStop.EmbeddedRuntime;

/// <summary>A stream as its users see it.</summary>
internal sealed class MemoryStream<T>(MemoryStreamProvider provider, StreamHub hub) : IAsyncStream<T>
{
    public bool IsRewindable => false;

    public string ProviderName => provider.Name;

    public StreamId StreamId => hub.Id;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        hub.Publish(item);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => throw new NotSupportedException("A stream in memory carries items only.");

    public Task OnCompletedAsync() => throw new NotSupportedException("A stream in memory has no end.");

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer)
    {
        var subscription = new StreamSubscription(provider.Runtime, hub.Id, Activation.Current);
        subscription.Observe(StreamObserver.Of(observer));
        hub.Add(subscription);
        return Task.FromResult<StreamSubscriptionHandle<T>>(new Handle(this, subscription));
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() =>
        Task.FromResult<IList<StreamSubscriptionHandle<T>>>(
            [.. hub.Of(Activation.Current?.GrainId).Select(s => new Handle(this, s))]);

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.ProviderName == ProviderName && other.StreamId == StreamId;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => HashCode.Combine(ProviderName, StreamId);

    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : StreamId.CompareTo(other.StreamId);

    private void Remove(StreamSubscription subscription) => hub.Remove(subscription);

    private sealed class Handle(MemoryStream<T> stream, StreamSubscription subscription) : StreamSubscriptionHandle<T>
    {
        public override StreamId StreamId => stream.StreamId;

        public override string ProviderName => stream.ProviderName;

        public override Guid HandleId => subscription.Id;

        public override Task UnsubscribeAsync()
        {
            stream.Remove(subscription);
            return Task.CompletedTask;
        }

        public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
        {
            subscription.Observe(StreamObserver.Of(observer));
            return Task.FromResult<StreamSubscriptionHandle<T>>(this);
        }

        public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == HandleId;

        public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

        public override int GetHashCode() => HandleId.GetHashCode();
    }
}
