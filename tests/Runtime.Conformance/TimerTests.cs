using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace OneStop.Runtime.Conformance;

public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Starts a timer that counts and says so at each tick.</summary>
    Task Start(string name, bool interleave = false);

    /// <summary>Starts a timer that stops at a named place in its first tick.</summary>
    Task StartHolding(string name, bool interleave);

    Task StartOnce(string name);

    Task StartFailing(string name);

    /// <summary>Starts a timer that is never due by itself.</summary>
    Task StartAsleep(string name);

    /// <summary>Starts a timer that sets itself anew from within its ticks.</summary>
    Task StartChanging(string name);

    Task StartWithToken(string name);

    Task Change(string name, TimeSpan dueTime, TimeSpan period);

    Task Stop(string name);

    Task Work(string name);

    Task Leave();

    [AlwaysInterleave]
    Task<int> Ticks(string name);
}

public sealed class TimerGrain : Grain, ITimerGrain
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(5);
    private readonly Dictionary<string, IGrainTimer> _timers = [];
    private readonly Dictionary<string, int> _ticks = [];

    private string Key => this.GetPrimaryKeyString();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signals.Of($"{Key}:ended in").Set();
        return Task.CompletedTask;
    }

    public Task Start(string name, bool interleave)
    {
        _timers[name] = this.RegisterGrainTimer(
            Tick, name, new GrainTimerCreationOptions(s_period, s_period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartHolding(string name, bool interleave)
    {
        _timers[name] = this.RegisterGrainTimer(
            async () =>
            {
                await Tick(name);
                await Signals.Pass(Key, $"{name} {_ticks[name]}");
            },
            new GrainTimerCreationOptions { DueTime = s_period, Period = s_period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartOnce(string name)
    {
        _timers[name] = this.RegisterGrainTimer(() => Tick(name), s_period, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StartFailing(string name)
    {
        _timers[name] = this.RegisterGrainTimer(
            async () =>
            {
                await Tick(name);
                throw new InvalidOperationException("A tick that fails.");
            },
            TimeSpan.Zero,
            s_period);
        return Task.CompletedTask;
    }

    public Task StartAsleep(string name)
    {
        _timers[name] = this.RegisterGrainTimer(Tick, name, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StartChanging(string name)
    {
        _timers[name] = this.RegisterGrainTimer(
            async () =>
            {
                await Tick(name);
                if (_ticks[name] < 3)
                {
                    _timers[name].Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
                }
            },
            s_period,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StartWithToken(string name)
    {
        _timers[name] = this.RegisterGrainTimer(
            async token =>
            {
                var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var registration = token.Register(() => cancelled.TrySetResult());
                Signals.Of($"{Key}:{name} in").Set();
                await cancelled.Task;
                Signals.Of($"{Key}:{name} cancelled in").Set();
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task Change(string name, TimeSpan dueTime, TimeSpan period)
    {
        _timers[name].Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task Stop(string name)
    {
        _timers[name].Dispose();
        return Task.CompletedTask;
    }

    public Task Work(string name) => Signals.Pass(Key, name);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<int> Ticks(string name) => Task.FromResult(_ticks.GetValueOrDefault(name));

    private Task Tick(string name)
    {
        var ticks = _ticks[name] = _ticks.GetValueOrDefault(name) + 1;
        Signals.Log(Key, $"{name} ticks");
        Signals.Of($"{Key}:{name} tick {ticks} in").Set();
        return Task.CompletedTask;
    }
}

public sealed class TimerTests : ConformanceTest
{
    [Fact]
    public Task A_timer_ticks_again_and_again() => RunAsync(async host =>
    {
        var key = host.Key("ticks");

        await host.Client.GetGrain<ITimerGrain>(key).Start("clock");

        await host.ArrivedAsync(key, "clock tick 5");
    });

    [Fact]
    public Task A_timer_without_a_period_ticks_once() => RunAsync(async host =>
    {
        var key = host.Key("once");
        var grain = host.Client.GetGrain<ITimerGrain>(key);

        await grain.StartOnce("once");
        await host.ArrivedAsync(key, "once tick 1");
        await grain.Start("clock");
        await host.ArrivedAsync(key, "clock tick 10");

        Assert.Equal(1, await grain.Ticks("once"));
    });

    [Fact]
    public Task A_tick_waits_for_the_call_that_runs() => RunAsync(async host =>
    {
        var key = host.Key("tick-waits");
        var (grain, other) = (host.Client.GetGrain<ITimerGrain>(key), host.Key("other"));
        var work = grain.Work("work");
        await host.ArrivedAsync(key, "work");
        var start = grain.Start("clock");

        // Another grain's ticks show that time has gone by.
        await host.Client.GetGrain<ITimerGrain>(other).Start("clock");
        await host.ArrivedAsync(other, "clock tick 10");
        TestHost.Release(key, "work");
        await host.WaitAsync(Task.WhenAll(work, start), "the calls did not end");
        await host.ArrivedAsync(key, "clock tick 1");

        Assert.Equal(["work in", "work out", "clock ticks"], Signals.Logged(key)[..3]);
    });

    [Fact]
    public Task A_call_waits_for_the_tick_that_runs() => RunAsync(async host =>
    {
        var key = host.Key("call-waits");
        var grain = host.Client.GetGrain<ITimerGrain>(key);
        await grain.StartHolding("clock", interleave: false);
        await host.ArrivedAsync(key, "clock 1");

        var work = grain.Work("work");
        await grain.Ticks("clock");
        TestHost.Release(key, "work", "clock 1", "clock 2");
        await host.WaitAsync(work, "the call did not end");

        Assert.Equal(["clock ticks", "clock 1 in", "clock 1 out", "work in", "work out"], Signals.Logged(key)[..5]);
        await grain.Stop("clock");
    });

    [Fact]
    public Task An_interleaving_timer_ticks_while_a_call_runs() => RunAsync(async host =>
    {
        var key = host.Key("interleaves");
        var grain = host.Client.GetGrain<ITimerGrain>(key);
        await grain.Start("clock", interleave: true);

        var work = grain.Work("work");
        await host.ArrivedAsync(key, "work");
        var ticks = await grain.Ticks("clock");
        await host.ArrivedAsync(key, $"clock tick {ticks + 3}");
        TestHost.Release(key, "work");

        await host.WaitAsync(work, "the call did not end");
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_timer_counts_its_period_from_the_end_of_a_tick(bool interleave) => RunAsync(async host =>
    {
        var (key, other) = (host.Key("period"), host.Key("other"));
        var grain = host.Client.GetGrain<ITimerGrain>(key);
        await grain.StartHolding("clock", interleave);
        await host.ArrivedAsync(key, "clock 1");

        await host.Client.GetGrain<ITimerGrain>(other).Start("clock");
        await host.ArrivedAsync(other, "clock tick 10");
        Assert.Equal(1, await grain.Ticks("clock"));

        TestHost.Release(key, "clock 1");
        await host.ArrivedAsync(key, "clock 2");
        TestHost.Release(key, "clock 2");
        Assert.Equal(["clock ticks", "clock 1 in", "clock 1 out", "clock ticks"], Signals.Logged(key)[..4]);
        await grain.Stop("clock");
    });

    [Fact]
    public Task A_timer_that_is_disposed_ticks_no_more() => RunAsync(async host =>
    {
        var key = host.Key("disposed");
        var grain = host.Client.GetGrain<ITimerGrain>(key);
        await grain.Start("clock");
        await host.ArrivedAsync(key, "clock tick 1");

        await grain.Stop("clock");
        var ticks = await grain.Ticks("clock");
        await grain.Start("other");
        await host.ArrivedAsync(key, "other tick 10");

        Assert.Equal(ticks, await grain.Ticks("clock"));
    });

    [Fact]
    public Task A_timer_ends_with_its_activation() => RunAsync(async host =>
    {
        var key = host.Key("ends");
        var grain = host.Client.GetGrain<ITimerGrain>(key);
        await grain.Start("clock");
        await host.ArrivedAsync(key, "clock tick 1");

        await grain.Leave();
        await grain.Start("other");
        await host.ArrivedAsync(key, "other tick 10");

        Assert.Equal(0, await grain.Ticks("clock"));
    });

    [Fact]
    public Task A_tick_that_fails_does_not_end_its_timer() => RunAsync(async host =>
    {
        var key = host.Key("fails");

        await host.Client.GetGrain<ITimerGrain>(key).StartFailing("clock");

        await host.ArrivedAsync(key, "clock tick 3");
    });

    [Fact]
    public Task A_timer_can_be_set_anew() => RunAsync(async host =>
    {
        var key = host.Key("changed");
        var grain = host.Client.GetGrain<ITimerGrain>(key);
        await grain.StartAsleep("clock");

        await grain.Change("clock", TimeSpan.Zero, TimeSpan.FromMilliseconds(1));

        await host.ArrivedAsync(key, "clock tick 3");
    });

    [Fact]
    public Task A_tick_can_set_its_own_timer_anew() => RunAsync(async host =>
    {
        var key = host.Key("changes-itself");
        var grain = host.Client.GetGrain<ITimerGrain>(key);

        await grain.StartChanging("clock");
        await host.ArrivedAsync(key, "clock tick 3");
        await grain.Start("other");
        await host.ArrivedAsync(key, "other tick 10");

        Assert.Equal(3, await grain.Ticks("clock"));
    });

    [Fact]
    public Task A_ticks_token_is_cancelled_when_its_timer_is_disposed() => RunAsync(async host =>
    {
        var key = host.Key("token");
        var grain = host.Client.GetGrain<ITimerGrain>(key);
        await grain.StartWithToken("clock");
        await host.ArrivedAsync(key, "clock");

        await grain.Stop("clock");

        await host.ArrivedAsync(key, "clock cancelled");
    });

    [Fact]
    public Task Ticks_do_not_keep_an_activation() => RunAsync(async host =>
    {
        var key = host.Key("not-kept");
        var grain = host.Client.GetGrain<ITimerGrain>(key);
        await grain.StartAsleep("clock");
        await grain.Change("clock", TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await host.ArrivedAsync(key, "clock tick 1");

        await host.CollectIdleAsync();
        await host.ArrivedAsync(key, "ended");
        await grain.Start("other");
        await host.ArrivedAsync(key, "other tick 10");

        Assert.Equal(0, await grain.Ticks("clock"));
    });

    [Theory]
    [InlineData(-2, 1000)]
    [InlineData(0, -2)]
    public Task A_negative_time_is_refused(int dueTime, int period) => RunAsync(async host =>
    {
        var grain = host.Client.GetGrain<ITimerGrain>(host.Key("negative"));
        await grain.StartAsleep("clock");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => grain.Change("clock", TimeSpan.FromMilliseconds(dueTime), TimeSpan.FromMilliseconds(period)));
    });
}
