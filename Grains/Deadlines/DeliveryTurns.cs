namespace OneStop.Grains.Deadlines;

/// <summary>
/// Whose turn it is when more is overdue than can be delivered at once: the shards of one process together deliver a bounded
/// number in parallel, and of what waits always the legally oldest.
/// </summary>
public sealed class DeliveryTurns
{
    /// <summary>Deliveries at once: enough to fill the record's common transactions, few enough to leave room for what people do.</summary>
    public const int AtOnce = 128;

    private readonly Lock gate = new();
    private readonly PriorityQueue<TaskCompletionSource, (long DueAt, long Order)> waiting = new();
    private int running;
    private int gathering;
    private long order;

    /// <summary>Waits for a turn; what came first goes first among what was due at the same instant.</summary>
    /// <param name="dueAt">When the delivery was due, in microseconds UTC.</param>
    public Task EnterAsync(long dueAt)
    {
        lock (gate)
        {
            if (running < AtOnce && gathering == 0)
            {
                running++;
                return Task.CompletedTask;
            }

            // It goes on in the turns of the shard that waits, not here in those of the shard that leaves.
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(turn, (dueAt, order++));
            return turn.Task;
        }
    }

    /// <summary>Ends a turn and gives it to the next.</summary>
    public void Leave()
    {
        lock (gate)
        {
            running--;
            Give();
        }
    }

    /// <summary>
    /// Gives no turn before it is disposed: at a start all shards first say what is overdue, or those that read their table
    /// first would take every turn for what is not the oldest.
    /// </summary>
    public IDisposable Gather()
    {
        lock (gate) gathering++;
        return new Gathering(this);
    }

    // Within the lock.
    private void Give()
    {
        while (gathering == 0 && running < AtOnce && waiting.TryDequeue(out var next, out _))
        {
            running++;
            next.SetResult();
        }
    }

    private sealed class Gathering(DeliveryTurns turns) : IDisposable
    {
        private bool ended;

        public void Dispose()
        {
            lock (turns.gate)
            {
                if (ended) return;
                ended = true;
                turns.gathering--;
                turns.Give();
            }
        }
    }
}
