namespace OneStop.Journal.Tests;

/// <summary>Runs tasks on the pool, but can hold them back: what is asked meanwhile then makes one batch.</summary>
public sealed class HoldingScheduler : TaskScheduler
{
    private readonly Lock _lock = new();
    private readonly List<Task> _held = [];
    private bool _holds;

    public void Hold()
    {
        lock (_lock)
            _holds = true;
    }

    public void Release()
    {
        List<Task> released;
        lock (_lock)
        {
            _holds = false;
            released = [.. _held];
            _held.Clear();
        }

        released.ForEach(Start);
    }

    protected override void QueueTask(Task task)
    {
        lock (_lock)
        {
            if (_holds)
            {
                _held.Add(task);
                return;
            }
        }

        Start(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _held;

    private void Start(Task task) => ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);
}
