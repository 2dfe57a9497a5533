using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A subscription, to be ended or, in a new activation, taken up again.</summary>
/// <typeparam name="T">What the stream carries.</typeparam>
public abstract class StreamSubscriptionHandle<T> : IEquatable<StreamSubscriptionHandle<T>>
{
    /// <summary>The stream.</summary>
    public abstract StreamId StreamId { get; }

    /// <summary>The name of the stream's provider.</summary>
    public abstract string ProviderName { get; }

    /// <summary>The subscription's own id.</summary>
    public abstract Guid HandleId { get; }

    /// <summary>Ends the subscription: what is not delivered yet will not be.</summary>
    public abstract Task UnsubscribeAsync();

    /// <summary>Goes on with this observer: after its grain was activated anew, or to replace the one before.</summary>
    /// <param name="observer">Gets the items from now on.</param>
    /// <param name="token">Where to go on; streams in memory go on with what comes next.</param>
    public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null);

    /// <inheritdoc/>
    public abstract bool Equals(StreamSubscriptionHandle<T>? other);
}
