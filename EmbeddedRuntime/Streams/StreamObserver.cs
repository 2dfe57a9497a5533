using Orleans.Streams;

namespace OneStop.EmbeddedRuntime;

/// <summary>An observer whatever it observes, as an activation keeps it.</summary>
internal abstract class StreamObserver
{
    public static StreamObserver Of<T>(IAsyncObserver<T> observer) => new Typed<T>(observer);

    public abstract Task OnNextAsync(object? item, StreamSequenceToken token);

    public abstract Task OnErrorAsync(Exception exception);

    private sealed class Typed<T>(IAsyncObserver<T> observer) : StreamObserver
    {
        public override Task OnNextAsync(object? item, StreamSequenceToken token) => observer.OnNextAsync((T)item!, token);

        public override Task OnErrorAsync(Exception exception) => observer.OnErrorAsync(exception);
    }
}

/// <summary>An observer made of functions.</summary>
internal sealed class FunctionObserver<T>(Func<T, StreamSequenceToken, Task> onNext, Func<Exception, Task>? onError) : IAsyncObserver<T>
{
    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => onNext(item, token!);

    public Task OnErrorAsync(Exception ex) => onError?.Invoke(ex) ?? Task.CompletedTask;
}

/// <summary>A place in a stream that lives in memory.</summary>
internal sealed class MemorySequenceToken(long number) : StreamSequenceToken
{
    public override long SequenceNumber { get; protected set; } = number;

    public override int EventIndex { get; protected set; }

    public override bool Equals(StreamSequenceToken? other) => other is not null && other.SequenceNumber == SequenceNumber;

    public override bool Equals(object? obj) => Equals(obj as StreamSequenceToken);

    public override int GetHashCode() => SequenceNumber.GetHashCode();

    public override int CompareTo(StreamSequenceToken? other) => SequenceNumber.CompareTo(other?.SequenceNumber ?? -1);

    public override string ToString() => SequenceNumber.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
