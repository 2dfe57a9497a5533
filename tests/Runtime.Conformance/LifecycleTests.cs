using Orleans;
using Orleans.Concurrency;

namespace OneStop.Runtime.Conformance;

public interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>Which activation of this grain answers: 1 for the first.</summary>
    Task<int> Number();

    Task<int> Count();

    Task Leave();

    Task LeaveAfter(string name);

    Task Stay(TimeSpan time);

    [AlwaysInterleave]
    Task Ping();
}

/// <summary>Logs its life; where its key says so it fails or stops on the way.</summary>
public sealed class LifeGrain : Grain, ILifeGrain
{
    private int _number;
    private int _count;

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Signals.Log(Key, "activating");
        _number = Signals.Logged(Key).Count(l => l == "activating");
        if (Key.StartsWith("fails-once", StringComparison.Ordinal) && _number == 1)
        {
            throw new WrongStateException("not ready", 7);
        }

        await Task.Yield();
        Signals.Log(Key, "activated");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signals.Log(Key, $"deactivating {reason.ReasonCode}");
        if (Key.StartsWith("fails-to-end", StringComparison.Ordinal))
        {
            throw new WrongStateException("will not", 8);
        }

        if (Key.StartsWith("ends-slowly", StringComparison.Ordinal) && _number == 1)
        {
            await Signals.Pass(Key, "ending");
        }

        Signals.Of($"{Key}:ended {_number}").Set();
    }

    public Task<int> Number()
    {
        Signals.Log(Key, $"called {_number}");
        return Task.FromResult(_number);
    }

    public Task<int> Count() => Task.FromResult(++_count);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveAfter(string name)
    {
        DeactivateOnIdle();
        await Signals.Pass(Key, name);
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task Ping() => Task.CompletedTask;
}

public sealed class LifecycleTests : ConformanceTest
{
    [Fact]
    public Task The_first_call_activates_and_state_stays_between_calls() => RunAsync(async host =>
    {
        var key = host.Key("life");
        var grain = host.Client.GetGrain<ILifeGrain>(key);
        Assert.Empty(Signals.Logged(key));

        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(i, await grain.Count());
        }

        Assert.Equal(["activating", "activated"], Signals.Logged(key));
    });

    [Fact]
    public Task First_calls_at_the_same_time_activate_once() => RunAsync(async host =>
    {
        var key = host.Key("life");

        var counts = await host.WaitAsync(
            Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Client.GetGrain<ILifeGrain>(key).Count())), "20 calls did not end");

        Assert.Equal(Enumerable.Range(1, 20), counts.Order());
        Assert.Equal(["activating", "activated"], Signals.Logged(key));
    });

    [Fact]
    public Task A_grain_that_leaves_is_there_again_for_the_next_call_without_its_state() => RunAsync(async host =>
    {
        var key = host.Key("leaves");
        var grain = host.Client.GetGrain<ILifeGrain>(key);
        await grain.Count();

        await grain.Leave();
        await host.WaitAsync(Signals.Of($"{key}:ended 1").Task, "the activation did not end");

        Assert.Equal(1, await host.WaitAsync(grain.Count(), "the next call was not answered"));
        Assert.Equal(["activating", "activated", "deactivating ApplicationRequested", "activating", "activated"], Signals.Logged(key));
    });

    [Fact]
    public Task A_grain_that_leaves_ends_the_call_it_is_in_first() => RunAsync(async host =>
    {
        var key = host.Key("leaves-after");
        var grain = host.Client.GetGrain<ILifeGrain>(key);

        var leaving = grain.LeaveAfter("call");
        await host.ArrivedAsync(key, "call");
        TestHost.Release(key, "call");
        await host.WaitAsync(leaving, "the call did not end");
        await host.WaitAsync(Signals.Of($"{key}:ended 1").Task, "the activation did not end");

        Assert.Equal(["activating", "activated", "call in", "call out", "deactivating ApplicationRequested"], Signals.Logged(key));
    });

    [Fact]
    public Task Calls_that_wait_when_a_grain_leaves_go_to_its_next_activation() => RunAsync(async host =>
    {
        var key = host.Key("leaves-with-queue");
        var grain = host.Client.GetGrain<ILifeGrain>(key);

        var leaving = grain.LeaveAfter("call");
        await host.ArrivedAsync(key, "call");
        var waiting = new[] { grain.Number(), grain.Number() };
        TestHost.Release(key, "call");
        await host.WaitAsync(leaving, "the call did not end");

        var numbers = await host.WaitAsync(Task.WhenAll(waiting), "the waiting calls were not answered");

        Assert.Equal([2, 2], numbers);
    });

    [Fact]
    public Task Calls_that_come_while_a_grain_ends_go_to_its_next_activation() => RunAsync(async host =>
    {
        var key = host.Key("ends-slowly");
        var grain = host.Client.GetGrain<ILifeGrain>(key);
        await grain.Leave();
        await host.ArrivedAsync(key, "ending");

        var call = grain.Number();
        TestHost.Release(key, "ending");

        Assert.Equal(2, await host.WaitAsync(call, "the call was not answered"));
        Assert.Equal(
            ["activating", "activated", "deactivating ApplicationRequested", "ending in", "ending out", "activating", "activated", "called 2"],
            Signals.Logged(key));
    });

    [Fact]
    public Task An_exception_in_deactivating_does_not_keep_the_grain() => RunAsync(async host =>
    {
        var grain = host.Client.GetGrain<ILifeGrain>(host.Key("fails-to-end"));
        Assert.Equal(1, await grain.Number());

        await grain.Leave();

        Assert.Equal(2, await host.WaitAsync(grain.Number(), "the next call was not answered"));
    });

    [Fact]
    public Task An_exception_in_activating_reaches_the_caller_and_the_next_call_tries_again() => RunAsync(async host =>
    {
        var grain = host.Client.GetGrain<ILifeGrain>(host.Key("fails-once"));

        var failure = await Assert.ThrowsAsync<WrongStateException>(() => host.WaitAsync(grain.Number(), "the call was not answered"));
        Assert.Equal("not ready", failure.Message);

        Assert.Equal(2, await host.WaitAsync(grain.Number(), "the next call was not answered"));
    });

    [Fact]
    public Task A_grain_that_nobody_calls_is_ended() => RunAsync(async host =>
    {
        var key = host.Key("idle");
        var grain = host.Client.GetGrain<ILifeGrain>(key);
        await grain.Number();

        await host.CollectIdleAsync();
        await host.WaitAsync(Signals.Of($"{key}:ended 1").Task, "the idle activation was not ended");

        Assert.Equal("deactivating ActivationIdle", Signals.Logged(key)[^1]);
        Assert.Equal(2, await grain.Number());
    });

    [Fact]
    public Task A_grain_that_is_busy_is_not_ended() => RunAsync(async host =>
    {
        var key = host.Key("busy");
        var grain = host.Client.GetGrain<IProbeGrain>(key);
        var work = grain.Work("work");
        await host.ArrivedAsync(key, "work");

        await host.CollectIdleAsync();
        await grain.Ping();
        TestHost.Release(key, "work");

        await host.WaitAsync(work, "the call did not end");
    });

    [Fact]
    public Task A_grain_that_wants_to_stay_is_not_ended() => RunAsync(async host =>
    {
        var key = host.Key("stays");
        var other = host.Key("idle");
        var grain = host.Client.GetGrain<ILifeGrain>(key);
        await grain.Stay(TimeSpan.FromDays(300));
        await host.Client.GetGrain<ILifeGrain>(other).Number();

        await host.CollectIdleAsync();
        await host.WaitAsync(Signals.Of($"{other}:ended 1").Task, "the idle activation was not ended");

        Assert.Equal(1, await grain.Number());
    });
}
