using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>The timers of one activation.</summary>
internal sealed class GrainTimers(Activation activation)
{
    private readonly HashSet<GrainTimer> _timers = [];
    private bool _stopped;

    public GrainTimer Add(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(activation, callback, options, Forget);
        lock (_timers)
        {
            if (!_stopped)
            {
                _timers.Add(timer);
                timer.Change(options.DueTime, options.Period);
            }
        }

        return timer;
    }

    /// <summary>Ends all timers; called in a turn, because their tokens fire here.</summary>
    public void Stop()
    {
        GrainTimer[] all;
        lock (_timers)
        {
            _stopped = true;
            all = [.. _timers];
        }

        Array.ForEach(all, static t => t.Dispose());
    }

    private void Forget(GrainTimer timer)
    {
        lock (_timers)
        {
            _timers.Remove(timer);
        }
    }
}
