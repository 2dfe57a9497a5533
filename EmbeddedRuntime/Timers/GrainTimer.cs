using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>A timer whose ticks are calls to its own activation: there is never more than one of them, waiting or running.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Lock _gate = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly Action<GrainTimer> _forget;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _timer;
    private readonly bool _interleave;
    private readonly bool _keepAlive;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private volatile bool _ended;
    private bool _ticking;
    private bool _changed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options, Action<GrainTimer> forget)
    {
        Check(options.DueTime, options.Period);
        _activation = activation;
        _callback = callback;
        _forget = forget;
        _interleave = options.Interleave;
        _keepAlive = options.KeepAlive;
        _timer = activation.Runtime.Clock.CreateTimer(
            static s => ((GrainTimer)s!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        lock (_gate)
        {
            _dueTime = dueTime;
            _period = period;
            _changed = _ticking;
            if (!_ticking && !_ended)
            {
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            _timer.Dispose();
        }

        _forget(this);
        _disposed.Cancel();
    }

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        // What System.Threading.Timer can hold.
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime.TotalMilliseconds, -1, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime.TotalMilliseconds, uint.MaxValue - 1, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfLessThan(period.TotalMilliseconds, -1, nameof(period));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period.TotalMilliseconds, uint.MaxValue - 1, nameof(period));
    }

    private void OnDue()
    {
        lock (_gate)
        {
            if (_ticking || _ended)
            {
                return;
            }

            _ticking = true;
        }

        // A tick that finds its activation gone goes with it.
        _ = _activation.TryReceive(new Tick(this));
    }

    private void OnTicked(Exception? failure)
    {
        if (failure is not null && !_ended)
        {
            _activation.Runtime.Log.TimerFailed(failure, _activation.GrainId);
        }

        lock (_gate)
        {
            _ticking = false;
            if (!_ended)
            {
                _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
            }

            _changed = false;
        }
    }

    private sealed class Tick(GrainTimer timer) : TurnCall(timer._interleave ? CallTraits.AlwaysInterleave : CallTraits.None)
    {
        public override string Name => "timer";

        public override bool KeepsAlive => timer._keepAlive;

        public override bool OutlivesActivation => false;

        public override void Refuse(Exception reason)
        {
            // Activating failed: the timer that asked was stopped with it.
        }

        protected override Task Body(Activation activation) =>
            timer._ended ? Task.CompletedTask : timer._callback(timer._disposed.Token);

        protected override void After(Activation activation, Exception? failure) => timer.OnTicked(failure);
    }
}
