using Orleans.Runtime;
using Orleans.Streams;

namespace OneStop.EmbeddedRuntime;

/// <summary>What one subscriber has yet to see. One item is under way at a time, so that order holds even where calls interleave.</summary>
internal sealed class StreamSubscription
{
    private readonly Lock _gate = new();
    private readonly Queue<(object? Item, StreamSequenceToken Token)> _pending = new();
    private readonly GrainRuntime _runtime;
    private readonly StreamId _stream;
    private readonly TurnScheduler? _turns;
    private StreamObserver? _observer;
    private bool _delivering;
    private bool _ended;

    public StreamSubscription(GrainRuntime runtime, StreamId stream, Activation? subscriber)
    {
        _runtime = runtime;
        _stream = stream;
        Owner = subscriber?.GrainId;
        // Observers outside of grains have turns too: one of them at a time, and in the simulation on its scheduler.
        _turns = subscriber is null ? new TurnScheduler(owner: null, runtime.Scheduler) : null;
    }

    public Guid Id { get; } = SequentialGuid.Next();

    /// <summary>The grain that subscribed; null for code outside of grains.</summary>
    public GrainId? Owner { get; }

    /// <summary>Sets the observer; in a grain, that of the current activation.</summary>
    public void Observe(StreamObserver observer)
    {
        if (Owner is null)
        {
            _observer = observer;
            return;
        }

        if (Activation.Current is not { } activation || activation.GrainId != Owner)
        {
            throw new InvalidOperationException($"The subscription to {_stream} belongs to {Owner}: only that grain can resume it.");
        }

        activation.Observers[Id] = observer;
    }

    public void Add(object? item, StreamSequenceToken token)
    {
        lock (_gate)
        {
            _pending.Enqueue((item, token));
            if (_delivering)
            {
                return;
            }

            _delivering = true;
        }

        Deliver();
    }

    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            _pending.Clear();
        }

        if (Activation.Current is { } activation && activation.GrainId == Owner)
        {
            activation.Observers.Remove(Id);
        }
    }

    private void Deliver()
    {
        if (Owner is { } grain)
        {
            _runtime.Send(grain, new Delivery(this));
        }
        else
        {
            _ = _turns!.Run(async () =>
            {
                await HandToAsync(_observer);
                Delivered();
            });
        }
    }

    private async Task HandToAsync(StreamObserver? observer)
    {
        (object? Item, StreamSequenceToken Token) next;
        lock (_gate)
        {
            if (_ended || !_pending.TryDequeue(out next))
            {
                return;
            }
        }

        try
        {
            // A new activation that has not resumed the subscription does not see the item.
            await (observer?.OnNextAsync(next.Item, next.Token) ?? Task.CompletedTask);
        }
        catch (Exception e)
        {
            _runtime.Log.ObserverFailed(e, _stream);
            await observer!.OnErrorAsync(e);
        }
    }

    private void Delivered()
    {
        lock (_gate)
        {
            if (_pending.Count == 0)
            {
                _delivering = false;
                return;
            }
        }

        Deliver();
    }

    private sealed class Delivery(StreamSubscription subscription) : TurnCall(CallTraits.None)
    {
        public override string Name => $"stream {subscription._stream}";

        public override void Refuse(Exception reason)
        {
            lock (subscription._gate)
            {
                subscription._pending.TryDequeue(out _);
            }

            subscription.Delivered();
        }

        protected override Task Body(Activation activation) =>
            subscription.HandToAsync(activation.Observers.GetValueOrDefault(subscription.Id));

        protected override void After(Activation activation, Exception? failure)
        {
            if (failure is not null)
            {
                activation.Runtime.Log.ObserverFailed(failure, subscription._stream);
            }

            subscription.Delivered();
        }
    }
}
