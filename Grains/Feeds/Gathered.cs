using Orleans;
using Orleans.Runtime;

namespace OneStop.Grains.Feeds;

/// <summary>Does something at once, and what is asked for within the next 15 ms together.</summary>
internal sealed class Gathered(Grain grain, TimeProvider time, Func<Task> act)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(15);

    private DateTimeOffset last = DateTimeOffset.MinValue;
    private IGrainTimer? timer;
    private bool pending;

    /// <summary>Asks for it.</summary>
    public Task RequestAsync()
    {
        if (pending) return Task.CompletedTask;
        var wait = last == DateTimeOffset.MinValue ? TimeSpan.Zero : last + Window - time.GetUtcNow();
        if (wait <= TimeSpan.Zero) return RunAsync();
        pending = true;
        if (timer is null) timer = grain.RegisterGrainTimer(RunAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan));
        else timer.Change(wait, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    /// <summary>Does now what waits to be done; nothing when nothing waits.</summary>
    public Task FlushAsync() => pending ? RunAsync() : Task.CompletedTask;

    private Task RunAsync()
    {
        pending = false;
        last = time.GetUtcNow();
        return act();
    }
}
