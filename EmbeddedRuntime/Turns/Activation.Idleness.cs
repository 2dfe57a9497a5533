using Orleans;

namespace OneStop.EmbeddedRuntime;

/// <content>Ends when nobody has called for a while.</content>
internal sealed partial class Activation
{
    private long _lastUsed;
    private long _keepUntil;
    private bool _awaitsIdleness;

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        lock (_gate)
        {
            _keepUntil = timeSpan == Timeout.InfiniteTimeSpan || timeSpan == TimeSpan.MaxValue
                ? long.MaxValue
                : timeSpan <= TimeSpan.Zero ? 0 : Runtime.Collector.After(Runtime.Clock.GetTimestamp(), timeSpan);
        }
    }

    /// <summary>The collector's visit: ends the activation when it has been idle long enough, or asks for another visit.</summary>
    public void EndIfIdle(long now)
    {
        lock (_gate)
        {
            _awaitsIdleness = false;
            if (_state != State.Active || _running.Count > 0)
            {
                // Whoever is busy asks again when idle: a call that hangs for ever leaves no timer behind.
                return;
            }

            if (IdleAt() > now)
            {
                AwaitIdleness();
                return;
            }
        }

        Deactivate(new(DeactivationReasonCode.ActivationIdle, "Nobody called for the collection age."));
    }

    private long IdleAt() => Math.Max(Runtime.Collector.AgesAt(_lastUsed), _keepUntil);

    // Within the lock.
    private void AwaitIdleness()
    {
        if (!_awaitsIdleness && IdleAt() is < long.MaxValue and var at)
        {
            _awaitsIdleness = true;
            Runtime.Collector.Visit(this, at);
        }
    }
}
