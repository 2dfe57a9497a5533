using Orleans;

namespace OneStop.Runtime.Conformance;

public interface ITurnGrain : IGrainWithStringKey
{
    Task<int> AddSlowly();

    Task<bool> ComesBackToItsTurnAfter(string signal);
}

public sealed class TurnGrain : Grain, ITurnGrain
{
    private int _value;

    public async Task<int> AddSlowly()
    {
        var read = _value;
        await Task.Yield();
        await Task.WhenAll(Task.CompletedTask, YieldTwice());
        return _value = read + 1;
    }

    public async Task<bool> ComesBackToItsTurnAfter(string signal)
    {
        var before = TaskScheduler.Current;
        Signals.Of($"{signal}:asked").Set();
        await Signals.Of(signal).Task;
        return before != TaskScheduler.Default && ReferenceEquals(before, TaskScheduler.Current);
    }

    private static async Task YieldTwice()
    {
        await Task.Yield();
        await Task.Yield();
    }
}

public sealed class TurnTests : ConformanceTest
{
    [Fact]
    public Task A_call_waits_until_the_one_before_it_is_over() => RunAsync(async host =>
    {
        var key = host.Key("one");
        var grain = host.Client.GetGrain<IProbeGrain>(key);

        var first = grain.Work("first");
        await host.ArrivedAsync(key, "first");
        var second = grain.Work("second");
        await grain.Ping();
        TestHost.Release(key, "second", "first");
        await host.WaitAsync(Task.WhenAll(first, second), "both calls did not end");

        Assert.Equal(["first in", "first out", "second in", "second out"], Signals.Logged(key));
    });

    [Fact]
    public Task Calls_that_await_never_mix_their_reading_and_writing() => RunAsync(async host =>
    {
        var grain = host.Client.GetGrain<ITurnGrain>(host.Key("sum"));

        var sums = await host.WaitAsync(Task.WhenAll(Enumerable.Range(0, 200).Select(_ => grain.AddSlowly())), "200 additions did not end");

        Assert.Equal(Enumerable.Range(1, 200), sums.Order());
    });

    [Fact]
    public Task An_await_in_a_grain_comes_back_to_the_grains_own_scheduler() => RunAsync(async host =>
    {
        var key = host.Key("back");
        var answer = host.Client.GetGrain<ITurnGrain>(key).ComesBackToItsTurnAfter(key);
        await host.WaitAsync(Signals.Of($"{key}:asked").Task, "the grain was not asked");

        Signals.Of(key).Set();

        Assert.True(await host.WaitAsync(answer, "the grain did not go on"));
    });

    [Fact]
    public Task Two_grains_work_side_by_side() => RunAsync(async host =>
    {
        var (left, right) = (host.Key("left"), host.Key("right"));

        var calls = Task.WhenAll(host.Client.GetGrain<IProbeGrain>(left).Work("a"), host.Client.GetGrain<IProbeGrain>(right).Work("a"));
        await host.ArrivedAsync(left, "a");
        await host.ArrivedAsync(right, "a");
        TestHost.Release(left, "a");
        TestHost.Release(right, "a");

        await host.WaitAsync(calls, "the calls did not end");
    });
}
