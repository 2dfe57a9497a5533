namespace OneStop.EmbeddedRuntime;

/// <summary>
/// A clock that stands still until it is moved. Its timers fire in the order of their instants, at one instant in the order in which they were made,
/// on the thread that moves the clock. Time zone: UTC. It may be used from several threads.
/// </summary>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly TimerQueue _timers = new();
    private readonly DateTimeOffset _start;
    private long _now;
    private long _made;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">Where it stands. Default: the first instant of the year 2000.</param>
    public VirtualTimeProvider(DateTimeOffset? start = null)
    {
        _start = (start ?? new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();
        _now = _start.Ticks;
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due; null when none waits.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _timers.NextDue is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now) - _start.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state, Interlocked.Increment(ref _made));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, firing what becomes due at the instant at which it is due.</summary>
    /// <param name="span">By how much.</param>
    public void Advance(TimeSpan span) => AdvanceTo(GetUtcNow() + span);

    /// <summary>Moves the clock on, firing what becomes due at the instant at which it is due.</summary>
    /// <param name="instant">To where.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instant has passed.</exception>
    public void AdvanceTo(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, GetUtcNow());
        while (NextDue is { } due && due <= instant)
        {
            FireAt(due);
        }

        StandAt(instant);
    }

    /// <summary>Moves the clock without firing anything; never back.</summary>
    internal void StandAt(DateTimeOffset instant)
    {
        lock (_gate)
        {
            Volatile.Write(ref _now, Math.Max(_now, instant.UtcTicks));
        }
    }

    /// <summary>Moves the clock to an instant, unless it stands there or later, and fires what is due then.</summary>
    internal void FireAt(DateTimeOffset instant)
    {
        List<VirtualTimer> due;
        lock (_gate)
        {
            Volatile.Write(ref _now, Math.Max(_now, instant.UtcTicks));
            due = _timers.TakeDue(_now);
        }

        due.ForEach(static t => t.Fire());
    }

    internal void Arm(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime >= TimeSpan.Zero)
            {
                _timers.Add(timer, _now + Math.Min(dueTime.Ticks, DateTime.MaxValue.Ticks - _now));
            }
        }
    }
}
