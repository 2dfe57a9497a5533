using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>One grain object with its turns and the calls that run and wait.</summary>
internal sealed partial class Activation : IGrainContext, ICallTarget
{
    private readonly Lock _gate = new();
    private readonly CallQueue _waiting = new();
    private readonly RunningCalls _running;
    private readonly Func<Call, bool> _mayStart;
    private readonly GrainClass _class;
    private readonly Action<Activation> _onEnded;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource _deactivated = new();
    private volatile State _state = State.New;
    private IServiceScope? _scope;
    private object? _instance;

    public Activation(GrainRuntime runtime, GrainId id, GrainClass grainClass, Action<Activation> onEnded)
    {
        Runtime = runtime;
        GrainId = id;
        _class = grainClass;
        _onEnded = onEnded;
        _running = new RunningCalls(grainClass.Reentrant);
        _mayStart = MayStart;
        Turns = new TurnScheduler(this, runtime.Scheduler);
        Timers = new GrainTimers(this);
    }

    private enum State
    {
        New,
        Activating,
        Active,
        Deactivating,
        Ended,
    }

    /// <summary>The activation whose turn this is; null outside of grains.</summary>
    public static Activation? Current => (TaskScheduler.Current as TurnScheduler)?.Owner;

    public GrainRuntime Runtime { get; }

    public GrainId GrainId { get; }

    public TurnScheduler Turns { get; }

    public GrainTimers Timers { get; }

    /// <summary>The observers of this activation, by subscription.</summary>
    public Dictionary<Guid, StreamObserver> Observers { get; } = [];

    public object Instance => _instance ?? throw new InvalidOperationException($"{GrainId} is not made yet.");

    public object? GrainInstance => _instance;

    public IServiceProvider ActivationServices =>
        _scope?.ServiceProvider ?? throw new InvalidOperationException($"{GrainId} is not made yet.");

    public Task Deactivated => _deactivated.Task;

    /// <summary>How many calls it has; read without a lock, for choosing among workers.</summary>
    public int Load => _running.Count + _waiting.Count;

    public bool HasEnded => _state == State.Ended;

    /// <summary>The activation of a grain object.</summary>
    /// <exception cref="InvalidOperationException">The object was not made by this runtime.</exception>
    public static Activation Of(IGrainBase grain) => grain.GrainContext as Activation
        ?? throw new InvalidOperationException($"This {grain.GetType()} was not made by the runtime: it has no activation.");

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => GrainId.ToString();

    public bool TryReceive(Call call)
    {
        lock (_gate)
        {
            if (_state == State.Ended)
            {
                return false;
            }

            if (MayStart(call))
            {
                Start(call);
            }
            else
            {
                _waiting.Add(call);
                if (_state == State.New)
                {
                    _state = State.Activating;
                    _ = Turns.Run(() => ActivateAsync(call.Context));
                }
            }

            return true;
        }
    }

    /// <summary>A call that was started is over.</summary>
    public void Ended(Call call)
    {
        lock (_gate)
        {
            _running.End(call);
            if (call.KeepsAlive)
            {
                _lastUsed = Runtime.Clock.GetTimestamp();
            }

            Continue();
        }
    }

    public void EnterReentrantSection(Guid id)
    {
        lock (_gate)
        {
            _running.EnterSection(id);
            Continue();
        }
    }

    public void ExitReentrantSection(Guid id)
    {
        lock (_gate)
        {
            _running.ExitSection(id);
        }
    }

    public IEnumerable<string> Describe()
    {
        lock (_gate)
        {
            return _running.Count + _waiting.Count == 0 && _state is State.Active or State.Ended
                ? []
                : [$"{GrainId} ({_state}): running {string.Join(", ", _running.Names)}; waiting {string.Join(", ", _waiting.Calls.Select(static c => c.Name))}"];
        }
    }

    private bool MayStart(Call call) => _state switch
    {
        State.Active => _running.MayStart(call),
        // A running call may wait for its own chain to come back; refusing that would keep the activation from ever ending.
        State.Deactivating => _running.Count > 0 && _running.ComesBack(call),
        _ => false,
    };

    private void Start(Call call)
    {
        _running.Begin(call);
        Turns.Post(call);
    }

    // Within the lock: starts what may start now, or the end, or the wait for being idle long enough.
    private void Continue()
    {
        while (_waiting.Take(_mayStart) is { } next)
        {
            Start(next);
        }

        if (_running.Count > 0)
        {
            return;
        }

        if (_state == State.Deactivating)
        {
            BeginEnd();
        }
        else if (_state == State.Active)
        {
            AwaitIdleness();
        }
    }
}
