namespace OneStop.EmbeddedRuntime;

/// <summary>A call that the runtime itself makes: nobody waits for a result.</summary>
internal abstract class TurnCall(CallTraits traits) : Call(traits, context: null)
{
    private Activation? _activation;

    public override void Run(Activation activation)
    {
        _activation = activation;
        Task task;
        try
        {
            task = Body(activation);
        }
        catch (Exception e)
        {
            task = Task.FromException(e);
        }

        if (task.IsCompleted)
        {
            End(task);
        }
        else
        {
            task.ContinueWith(
                static (t, s) => ((TurnCall)s!).End(t), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, activation.Turns);
        }
    }

    protected abstract Task Body(Activation activation);

    /// <summary>After the call, in a turn of the activation.</summary>
    protected abstract void After(Activation activation, Exception? failure);

    private void End(Task task)
    {
        var activation = _activation!;
        activation.Ended(this);
        After(activation, task.Exception?.InnerException ?? (task.IsCanceled ? new TaskCanceledException(task) : null));
    }
}
