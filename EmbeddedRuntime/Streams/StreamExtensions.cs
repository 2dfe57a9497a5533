using Microsoft.Extensions.DependencyInjection;
using OneStop.EmbeddedRuntime;
using Orleans.Streams;

namespace Orleans
{
    /// <summary>Streams for grains.</summary>
    public static class GrainStreamingExtensions
    {
        /// <summary>A stream provider.</summary>
        /// <param name="grain">The grain.</param>
        /// <param name="name">The provider's name.</param>
        /// <exception cref="InvalidOperationException">The host has none of that name.</exception>
        public static IStreamProvider GetStreamProvider(this Grain grain, string name) =>
            grain.ServiceProvider.GetRequiredKeyedService<IStreamProvider>(name);

        /// <summary>A stream provider.</summary>
        /// <param name="grain">The grain.</param>
        /// <param name="name">The provider's name.</param>
        /// <exception cref="InvalidOperationException">The host has none of that name.</exception>
        public static IStreamProvider GetStreamProvider(this IGrainBase grain, string name) =>
            grain.GrainContext.ActivationServices.GetRequiredKeyedService<IStreamProvider>(name);
    }

    /// <summary>Streams outside of grains.</summary>
    public static class ClientStreamingExtensions
    {
        /// <summary>A stream provider.</summary>
        /// <param name="client">The client.</param>
        /// <param name="name">The provider's name.</param>
        /// <exception cref="InvalidOperationException">The host has none of that name.</exception>
        public static IStreamProvider GetStreamProvider(this IClusterClient client, string name) =>
            client.ServiceProvider.GetRequiredKeyedService<IStreamProvider>(name);
    }
}

namespace Orleans.Streams
{
    /// <summary>Shorter ways to name a stream.</summary>
    public static class StreamProviderExtensions
    {
        /// <summary>A stream.</summary>
        /// <typeparam name="T">What it carries.</typeparam>
        /// <param name="streamProvider">Its provider.</param>
        /// <param name="ns">Its namespace.</param>
        /// <param name="id">Its key.</param>
        public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, string id) =>
            streamProvider.GetStream<T>(Runtime.StreamId.Create(ns, id));
    }

    /// <summary>Subscribing with functions.</summary>
    public static class AsyncObservableExtensions
    {
        /// <summary>Subscribes.</summary>
        /// <typeparam name="T">What comes.</typeparam>
        /// <param name="obs">The stream.</param>
        /// <param name="onNextAsync">Gets each item.</param>
        public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
            this IAsyncObservable<T> obs, Func<T, StreamSequenceToken, Task> onNextAsync) =>
            obs.SubscribeAsync(new FunctionObserver<T>(onNextAsync, null));

        /// <summary>Subscribes.</summary>
        /// <typeparam name="T">What comes.</typeparam>
        /// <param name="obs">The stream.</param>
        /// <param name="onNextAsync">Gets each item.</param>
        /// <param name="onErrorAsync">Gets what failed.</param>
        public static Task<StreamSubscriptionHandle<T>> SubscribeAsync<T>(
            this IAsyncObservable<T> obs, Func<T, StreamSequenceToken, Task> onNextAsync, Func<Exception, Task> onErrorAsync) =>
            obs.SubscribeAsync(new FunctionObserver<T>(onNextAsync, onErrorAsync));
    }

    /// <summary>Resuming with functions.</summary>
    public static class StreamSubscriptionHandleExtensions
    {
        /// <summary>Goes on with this function.</summary>
        /// <typeparam name="T">What comes.</typeparam>
        /// <param name="handle">The subscription.</param>
        /// <param name="onNextAsync">Gets each item.</param>
        /// <param name="token">Where to go on.</param>
        public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
            this StreamSubscriptionHandle<T> handle, Func<T, StreamSequenceToken, Task> onNextAsync, StreamSequenceToken? token = null) =>
            handle.ResumeAsync(new FunctionObserver<T>(onNextAsync, null), token);

        /// <summary>Goes on with these functions.</summary>
        /// <typeparam name="T">What comes.</typeparam>
        /// <param name="handle">The subscription.</param>
        /// <param name="onNextAsync">Gets each item.</param>
        /// <param name="onErrorAsync">Gets what failed.</param>
        /// <param name="token">Where to go on.</param>
        public static Task<StreamSubscriptionHandle<T>> ResumeAsync<T>(
            this StreamSubscriptionHandle<T> handle,
            Func<T, StreamSequenceToken, Task> onNextAsync,
            Func<Exception, Task> onErrorAsync,
            StreamSequenceToken? token = null) =>
            handle.ResumeAsync(new FunctionObserver<T>(onNextAsync, onErrorAsync), token);
    }
}
