using Orleans;
using Orleans.Concurrency;

namespace OneStop.Runtime.Conformance;

public interface ICancellableGrain : IGrainWithStringKey
{
    Task WaitUntilCancelled(CancellationToken cancellationToken);

    Task<bool> CanBeCancelled(CancellationToken cancellationToken);

    Task Pass(string name);

    Task Count(CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task Ping();
}

public sealed class CancellableGrain : Grain, ICancellableGrain
{
    public async Task WaitUntilCancelled(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        Signals.Of($"{key}:waiting in").Set();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() => cancelled.TrySetResult());
        await cancelled.Task;
        Signals.Of($"{key}:cancelled in").Set();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public Task<bool> CanBeCancelled(CancellationToken cancellationToken) => Task.FromResult(cancellationToken.IsCancellationRequested);

    public Task Pass(string name) => Signals.Pass(this.GetPrimaryKeyString(), name);

    public Task Count(CancellationToken cancellationToken)
    {
        Signals.Log(this.GetPrimaryKeyString(), "counted");
        return Task.CompletedTask;
    }

    public Task Ping() => Task.CompletedTask;
}

public sealed class CancellationTests : ConformanceTest
{
    [Fact]
    public Task A_callers_cancellation_reaches_the_grain_and_ends_the_callers_wait() => RunAsync(async host =>
    {
        var key = host.Key("cancellable");
        using var source = new CancellationTokenSource();
        var call = host.Client.GetGrain<ICancellableGrain>(key).WaitUntilCancelled(source.Token);
        await host.ArrivedAsync(key, "waiting");

        source.Cancel();

        await host.ArrivedAsync(key, "cancelled");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.WaitAsync(call, "the caller was kept"));
    });

    [Fact]
    public Task A_token_that_is_never_cancelled_changes_nothing() => RunAsync(async host =>
    {
        using var source = new CancellationTokenSource();
        var grain = host.Client.GetGrain<ICancellableGrain>(host.Key("not-cancelled"));

        Assert.False(await grain.CanBeCancelled(source.Token));
        Assert.False(await grain.CanBeCancelled(CancellationToken.None));
    });

    [Fact]
    public Task A_call_with_a_token_that_is_cancelled_already_ends_at_once() => RunAsync(async host =>
    {
        var key = host.Key("cancelled-before");
        var grain = host.Client.GetGrain<ICancellableGrain>(key);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.WaitAsync(
            grain.Count(new CancellationToken(canceled: true)), "the caller was kept"));
        await grain.Ping();

        Assert.Empty(Signals.Logged(key));
    });

    [Fact]
    public Task A_call_cancelled_while_it_waits_for_its_turn_keeps_its_caller_no_longer() => RunAsync(async host =>
    {
        var key = host.Key("cancelled-in-queue");
        var grain = host.Client.GetGrain<ICancellableGrain>(key);
        using var source = new CancellationTokenSource();
        var busy = grain.Pass("busy");
        await host.ArrivedAsync(key, "busy");
        var waiting = grain.Count(source.Token);
        await grain.Ping();

        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.WaitAsync(waiting, "the caller was kept"));

        Assert.Equal(["busy in"], Signals.Logged(key));
        TestHost.Release(key, "busy");
        await host.WaitAsync(busy, "the call did not end");
    });
}
