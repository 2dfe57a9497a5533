namespace OneStop.EmbeddedRuntime;

/// <summary>
/// Runs everything on the one thread that drives the simulation. Which of the runnable items comes next is drawn from a seed, or is the oldest.
/// </summary>
public sealed class SimulationScheduler : TaskScheduler
{
    private readonly Lock _gate = new();
    private readonly RunnableItems _items;
    private readonly List<Func<IEnumerable<string>>> _reports = [];
    private readonly ManualResetEventSlim _arrived = new();
    private int _thread;
    private int _holds;
    private string? _foreign;

    /// <summary>Makes a scheduler.</summary>
    /// <param name="seed">Draws the order; null for first come, first served.</param>
    public SimulationScheduler(ulong? seed = null) => _items = new RunnableItems(seed);

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>How many items have run.</summary>
    public long Turns { get; private set; }

    /// <summary>Grows out of every choice made so far: runs that are the same have the same.</summary>
    public ulong TraceHash { get; private set; } = 14695981039346656037;

    /// <summary>Whether work outside of the simulation is under way, so that the clock has to stand still.</summary>
    internal bool IsHeld => Volatile.Read(ref _holds) > 0;

    /// <summary>Work that came from another thread although none was announced; null for none.</summary>
    internal string? ForeignWork => Volatile.Read(ref _foreign);

    internal void AddReport(Func<IEnumerable<string>> report) => _reports.Add(report);

    internal IEnumerable<string> Report() => _reports.SelectMany(static r => r());

    internal void Hold(int by)
    {
        Interlocked.Add(ref _holds, by);
        _arrived.Set();
    }

    internal void Note(long value) => TraceHash = unchecked((TraceHash ^ (ulong)value) * 1099511628211);

    /// <summary>Makes the calling thread the one of the simulation until disposed.</summary>
    internal Driving Drive()
    {
        var driving = new Driving(this, _thread, SynchronizationContext.Current);
        _thread = Environment.CurrentManagedThreadId;
        // An await would prefer it to the scheduler and leave the simulation.
        SynchronizationContext.SetSynchronizationContext(null);
        return driving;
    }

    internal bool TryRunOne()
    {
        Task task;
        lock (_gate)
        {
            if (!_items.TryTake(out task!, out var choice))
            {
                _arrived.Reset();
                return false;
            }

            Note(choice);
        }

        Turns++;
        TryExecuteTask(task);
        return true;
    }

    /// <summary>Waits in real time for work from another thread.</summary>
    internal bool AwaitArrival(TimeSpan atMost) => _arrived.Wait(atMost);

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (!IsHeld && _thread != 0 && _thread != Environment.CurrentManagedThreadId)
        {
            Interlocked.CompareExchange(ref _foreign, Environment.StackTrace, null);
        }

        lock (_gate)
        {
            _items.Add(task);
            _arrived.Set();
        }
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        Environment.CurrentManagedThreadId == _thread && Current == this && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
        {
            return _items.ToList();
        }
    }

    internal readonly struct Driving(SimulationScheduler scheduler, int threadBefore, SynchronizationContext? contextBefore) : IDisposable
    {
        public void Dispose()
        {
            scheduler._thread = threadBefore;
            SynchronizationContext.SetSynchronizationContext(contextBefore);
        }
    }
}
