using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A source of streams.</summary>
public interface IStreamProvider
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Whether past items can be read again.</summary>
    bool IsRewindable { get; }

    /// <summary>A stream, which needs no making.</summary>
    /// <typeparam name="T">What it carries: immutable, because all observers see the same object.</typeparam>
    /// <param name="streamId">Which one.</param>
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}

/// <summary>A stream, whatever it carries.</summary>
public interface IAsyncStream
{
    /// <summary>Whether past items can be read again.</summary>
    bool IsRewindable { get; }

    /// <summary>The name of the stream's provider.</summary>
    string ProviderName { get; }

    /// <summary>Which stream it is.</summary>
    StreamId StreamId { get; }
}

/// <summary>A stream: whoever has it may add to it and subscribe to it.</summary>
/// <typeparam name="T">What it carries.</typeparam>
public interface IAsyncStream<T> : IAsyncStream, IEquatable<IAsyncStream<T>>, IComparable<IAsyncStream<T>>, IAsyncObservable<T>, IAsyncObserver<T>
{
    /// <summary>The subscriptions of this grain, or of the code outside of grains, to this stream.</summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}

/// <summary>Something to subscribe to.</summary>
/// <typeparam name="T">What comes.</typeparam>
public interface IAsyncObservable<T>
{
    /// <summary>Subscribes. In a grain, each item is a turn of that grain, and the subscription outlives the activation.</summary>
    /// <param name="observer">Gets the items that come from now on, one after the other.</param>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);
}

/// <summary>Someone who gets items.</summary>
/// <typeparam name="T">What comes.</typeparam>
public interface IAsyncObserver<in T>
{
    /// <summary>The next item. On a stream: adds an item; done when it is in the stream, not when the observers have seen it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="token">Its place in the stream.</param>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    /// <summary>Nothing more comes.</summary>
    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>Something failed.</summary>
    /// <param name="ex">What.</param>
    Task OnErrorAsync(Exception ex);
}
