using System.Collections.Concurrent;

namespace OneStop.EmbeddedRuntime;

/// <summary>
/// Runs its work one item at a time, in the order in which it came: the turns of one activation. What is awaited in a turn continues in a later
/// turn of the same scheduler, because an await comes back to <see cref="TaskScheduler.Current"/>.
/// </summary>
internal sealed class TurnScheduler : TaskScheduler, IThreadPoolWorkItem
{
    // Long enough to pay for coming here, short enough that thousands of activations share the threads fairly.
    private const int ItemsPerVisit = 64;

    private static readonly ExecutionContext s_emptyContext = CaptureEmptyContext();

    private readonly ConcurrentQueue<object> _items = new();
    private readonly TaskScheduler? _underlying;
    private Task? _visit;
    private int _scheduled;

    /// <param name="owner">The activation whose turns these are, or null for an observer outside of grains.</param>
    /// <param name="underlying">Where the turns run; null for the thread pool.</param>
    public TurnScheduler(Activation? owner, TaskScheduler? underlying)
    {
        Owner = owner;
        _underlying = underlying;
    }

    public Activation? Owner { get; }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Begins a call in a turn of its own.</summary>
    public void Post(Call call) => Enqueue(call);

    /// <summary>Runs an asynchronous function in turns.</summary>
    public Task Run(Func<Task> body)
    {
        // Nothing ambient of whoever asked for it (a web request, say) belongs into the turns.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();
    }

    void IThreadPoolWorkItem.Execute() => TryExecuteTask(_visit!);

    protected override void QueueTask(Task task)
    {
        if (!ReferenceEquals(task, _visit))
        {
            Enqueue(task);
        }
        else if (_underlying is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
        else
        {
            _ = Task.Factory.StartNew(
                static s => ((IThreadPoolWorkItem)s!).Execute(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _underlying);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => _items.OfType<Task>();

    private void Enqueue(object item)
    {
        _items.Enqueue(item);
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
        {
            ScheduleVisit();
        }
    }

    private void ScheduleVisit()
    {
        // Only whoever set _scheduled comes here, so that there is never a second visit.
        _visit = new Task(static s => ((TurnScheduler)s!).Visit(), this);
        _visit.Start(this);
    }

    private void Visit()
    {
        try
        {
            RunItems();
        }
        finally
        {
            Leave();
        }
    }

    private void RunItems()
    {
        // Simulation decides after each item which activation comes next.
        var limit = _underlying is null ? ItemsPerVisit : 1;
        ExecutionContext.Restore(s_emptyContext);
        for (var i = 0; i < limit && _items.TryDequeue(out var item); i++)
        {
            if (item is Call call)
            {
                Orleans.Runtime.RequestContext.Values = call.Context;
                call.Run(Owner!);
                ExecutionContext.Restore(s_emptyContext);
            }
            else
            {
                TryExecuteTask((Task)item);
            }
        }
    }

    private void Leave()
    {
        if (_items.IsEmpty)
        {
            Interlocked.Exchange(ref _scheduled, 0);
            if (_items.IsEmpty || Interlocked.Exchange(ref _scheduled, 1) != 0)
            {
                return;
            }
        }

        ScheduleVisit();
    }

    private static ExecutionContext CaptureEmptyContext()
    {
        ExecutionContext? empty = null;
        var thread = new Thread(() => empty = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return empty!;
    }
}
