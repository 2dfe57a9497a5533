namespace OneStop.EmbeddedRuntime;

/// <summary>
/// Runs a whole system on the calling thread under a virtual clock: the same seed gives the same run. The clock moves only when nothing is runnable.
/// </summary>
/// <remarks>
/// Rules for code that is to stay in the simulation: wait by the <see cref="Clock"/> only; no <c>Task.Run</c>, no <c>ConfigureAwait(false)</c> on a
/// task that is not completed yet, no <c>BackgroundService</c> (it starts on the thread pool), no <c>SemaphoreSlim.WaitAsync</c> with a token.
/// A <c>TaskCompletionSource</c> that is awaited comes back to the scheduler of the await; one made with
/// <c>RunContinuationsAsynchronously</c> must be awaited directly, not through <c>WhenAll</c> or <c>WaitAsync</c>. What must leave the thread (a database writer)
/// is announced by <see cref="HoldClock"/>. Anything else from another thread is reported by a <see cref="SimulationLeakException"/>.
/// </remarks>
public sealed class Simulation
{
    private readonly SimulationOptions _options;

    /// <summary>Makes a simulation.</summary>
    /// <param name="options">How it runs.</param>
    public Simulation(SimulationOptions? options = null)
    {
        _options = options ?? new SimulationOptions();
        Clock = new VirtualTimeProvider(_options.Start);
        Scheduler = new SimulationScheduler(_options.Seed);
    }

    /// <summary>The clock of everything in the simulation.</summary>
    public VirtualTimeProvider Clock { get; }

    /// <summary>Where everything runs.</summary>
    public SimulationScheduler Scheduler { get; }

    private TimeSpan Grace => _options.StallGrace ?? (_options.AllowForeignThreads ? TimeSpan.FromSeconds(10) : TimeSpan.Zero);

    /// <summary>Starts a task without driving it.</summary>
    /// <param name="body">What to do.</param>
    public Task Start(Func<Task> body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler).Unwrap();

    /// <summary>Runs a task to its end. Its exception is thrown as it is.</summary>
    /// <param name="body">What to do.</param>
    /// <exception cref="SimulationStalledException">It can never end.</exception>
    /// <exception cref="SimulationLeakException">Work came from another thread.</exception>
    public void Run(Func<Task> body)
    {
        var task = Start(body);
        Drive(task);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Runs a task to its end. Its exception is thrown as it is.</summary>
    /// <typeparam name="T">Its result.</typeparam>
    /// <param name="body">What to do.</param>
    /// <exception cref="SimulationStalledException">It can never end.</exception>
    /// <exception cref="SimulationLeakException">Work came from another thread.</exception>
    public T Run<T>(Func<Task<T>> body)
    {
        var task = Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler).Unwrap();
        Drive(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Runs what is runnable now. No timer fires, the clock stands still.</summary>
    public void RunUntilIdle()
    {
        using var driving = Scheduler.Drive();
        do
        {
            while (Scheduler.TryRunOne())
            {
            }

            RefuseLeaks();
        }
        while (Scheduler.IsHeld && Scheduler.AwaitArrival(Timeout.InfiniteTimeSpan));
    }

    /// <summary>Moves the clock, stopping at each instant at which timers are due until everything they set off has run.</summary>
    /// <param name="instant">To where.</param>
    /// <param name="inclusive">
    /// Whether the timers due exactly then fire. If not, the clock stands at the instant and they are still to come: for an event that happens before them.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The instant has passed.</exception>
    public void AdvanceTo(DateTimeOffset instant, bool inclusive = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, Clock.GetUtcNow());
        using var driving = Scheduler.Drive();
        RunUntilIdle();
        while (Clock.NextDue is { } due && (due < instant || (inclusive && due == instant)))
        {
            Fire(due);
            RunUntilIdle();
        }

        Clock.StandAt(instant);
    }

    /// <summary>Moves the clock as <see cref="AdvanceTo"/> does.</summary>
    /// <param name="span">By how much.</param>
    public void Advance(TimeSpan span) => AdvanceTo(Clock.GetUtcNow() + span);

    /// <summary>Keeps the clock where it is while work goes on outside of the simulation: until disposed, the simulation waits for that work.</summary>
    /// <returns>Disposed when the work's outcome has been handed over; may be disposed on any thread.</returns>
    public IDisposable HoldClock() => new Held(Scheduler);

    private void Drive(Task task)
    {
        using var driving = Scheduler.Drive();
        var last = Clock.GetUtcNow() + _options.Horizon;
        _ = task.ContinueWith(static (_, s) => ((SimulationScheduler)s!).Hold(0), Scheduler, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            if (Scheduler.TryRunOne())
            {
                continue;
            }

            RefuseLeaks();
            if (Scheduler.IsHeld)
            {
                Scheduler.AwaitArrival(Timeout.InfiniteTimeSpan);
            }
            else if (_options.AdvanceWhenWaiting && Clock.NextDue is { } due && due <= last)
            {
                Fire(due);
            }
            else if (!Scheduler.AwaitArrival(Grace))
            {
                throw Stalled();
            }
        }

        RefuseLeaks();
    }

    private void Fire(DateTimeOffset due)
    {
        Scheduler.Note(due.UtcTicks);
        Clock.FireAt(due);
    }

    private SimulationStalledException Stalled() => new(
        Clock.NextDue is { } due
            ? $"At {Clock.GetUtcNow():O} nothing is runnable, and the clock may not move on to the next timer at {due:O}."
            : $"At {Clock.GetUtcNow():O} nothing is runnable and no timer is left, but what was to run is not done.",
        [.. Scheduler.Report()]);

    private void RefuseLeaks()
    {
        if (!_options.AllowForeignThreads && Scheduler.ForeignWork is { } stack)
        {
            throw new SimulationLeakException(stack);
        }
    }

    private sealed class Held : IDisposable
    {
        private SimulationScheduler? _scheduler;

        public Held(SimulationScheduler scheduler)
        {
            _scheduler = scheduler;
            scheduler.Hold(1);
        }

        public void Dispose() => Interlocked.Exchange(ref _scheduler, null)?.Hold(-1);
    }
}
