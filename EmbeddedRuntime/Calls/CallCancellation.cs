namespace OneStop.EmbeddedRuntime;

/// <summary>
/// A caller's cancellation token on its way to a grain: the caller's task ends at once, the grain's token fires in a turn of the grain.
/// </summary>
internal sealed class CallCancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _callers;
    private readonly GrainRuntime _runtime;
    private readonly Action _release;
    private TurnScheduler? _turns;

    public CallCancellation(GrainRuntime runtime, Action releaseCaller, CancellationToken callers)
    {
        _runtime = runtime;
        _callers = callers;
        _release = releaseCaller;
        _registration = callers.UnsafeRegister(static s => ((CallCancellation)s!).OnCancelled(), this);
    }

    public bool IsRequested => _callers.IsCancellationRequested;

    public CancellationToken ForGrain => _source.Token;

    /// <summary>From here on the grain runs: its registrations fire in its turns.</summary>
    public void Enter(TurnScheduler turns)
    {
        // First known, then asked: a cancellation in between is seen by one of the two.
        _turns = turns;
        if (IsRequested)
        {
            _source.Cancel();
        }
    }

    public void Dispose()
    {
        _registration.Unregister();
        _turns = null;
    }

    private void OnCancelled()
    {
        // Whoever cancels does not have to run what the caller does next.
        _ = Task.Factory.StartNew(_release, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _runtime.Scheduler ?? TaskScheduler.Default);
        if (_turns is { } turns)
        {
            _ = Task.Factory.StartNew(_source.Cancel, CancellationToken.None, TaskCreationOptions.DenyChildAttach, turns);
        }
    }
}
