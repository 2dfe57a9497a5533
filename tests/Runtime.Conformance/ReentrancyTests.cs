namespace OneStop.Runtime.Conformance;

public sealed class ReentrancyTests : ConformanceTest
{
    [Fact]
    public Task Calls_of_a_reentrant_grain_interleave() => RunAsync(async host =>
    {
        var key = host.Key("reentrant");
        var grain = host.Client.GetGrain<IReentrantProbeGrain>(key);

        var calls = Task.WhenAll(grain.Work("first"), grain.Work("second"));
        await host.ArrivedAsync(key, "first");
        await host.ArrivedAsync(key, "second");
        TestHost.Release(key, "first", "second");

        await host.WaitAsync(calls, "the calls did not end");
    });

    [Fact]
    public Task An_always_interleaving_call_starts_while_another_waits() => RunAsync(async host =>
    {
        var key = host.Key("always");
        var grain = host.Client.GetGrain<IProbeGrain>(key);

        var calls = Task.WhenAll(grain.Work("work"), grain.Interleaved("aside"));
        await host.ArrivedAsync(key, "work");
        await host.ArrivedAsync(key, "aside");
        TestHost.Release(key, "work", "aside");

        await host.WaitAsync(calls, "the calls did not end");
    });

    [Fact]
    public Task A_plain_call_starts_while_an_always_interleaving_one_waits() => RunAsync(async host =>
    {
        var key = host.Key("plain");
        var grain = host.Client.GetGrain<IProbeGrain>(key);

        var aside = grain.Interleaved("aside");
        await host.ArrivedAsync(key, "aside");
        var work = grain.Work("work");
        await host.ArrivedAsync(key, "work");
        TestHost.Release(key, "work", "aside");

        await host.WaitAsync(Task.WhenAll(aside, work), "the calls did not end");
    });

    [Fact]
    public Task Read_only_calls_interleave_with_each_other() => RunAsync(async host =>
    {
        var key = host.Key("readers");
        var grain = host.Client.GetGrain<IProbeGrain>(key);

        var calls = Task.WhenAll(grain.ReadOnly("first"), grain.ReadOnly("second"));
        await host.ArrivedAsync(key, "first");
        await host.ArrivedAsync(key, "second");
        TestHost.Release(key, "first", "second");

        await host.WaitAsync(calls, "the calls did not end");
    });

    [Fact]
    public Task A_read_only_call_waits_for_a_plain_one() => RunAsync(async host =>
    {
        var key = host.Key("reader-waits");
        var grain = host.Client.GetGrain<IProbeGrain>(key);

        var work = grain.Work("work");
        await host.ArrivedAsync(key, "work");
        var read = grain.ReadOnly("read");
        await grain.Ping();
        TestHost.Release(key, "read", "work");
        await host.WaitAsync(Task.WhenAll(work, read), "the calls did not end");

        Assert.Equal(["work in", "work out", "read in", "read out"], Signals.Logged(key));
    });

    [Fact]
    public Task A_plain_call_waits_for_a_read_only_one() => RunAsync(async host =>
    {
        var key = host.Key("writer-waits");
        var grain = host.Client.GetGrain<IProbeGrain>(key);

        var read = grain.ReadOnly("read");
        await host.ArrivedAsync(key, "read");
        var work = grain.Work("work");
        await grain.Ping();
        TestHost.Release(key, "work", "read");
        await host.WaitAsync(Task.WhenAll(work, read), "the calls did not end");

        Assert.Equal(["read in", "read out", "work in", "work out"], Signals.Logged(key));
    });

    [Fact]
    public Task A_one_way_call_is_over_for_its_caller_before_it_is_over() => RunAsync(async host =>
    {
        var key = host.Key("one-way");
        var grain = host.Client.GetGrain<IProbeGrain>(key);

        await host.WaitAsync(grain.Tell("told"), "the caller was kept");
        await host.ArrivedAsync(key, "told");
        Assert.Equal(["told in"], Signals.Logged(key));

        TestHost.Release(key, "told");
    });

    [Fact]
    public Task A_one_way_call_keeps_its_exception_to_itself() => RunAsync(async host =>
    {
        var key = host.Key("one-way-failure");
        var grain = host.Client.GetGrain<IProbeGrain>(key);

        await host.WaitAsync(grain.TellAndFail("failed"), "the caller was kept");

        await host.ArrivedAsync(key, "failed");
        await host.WaitAsync(grain.Ping(), "the grain does not answer any more");
    });

    [Fact]
    public Task A_one_way_call_takes_its_turn_like_any_other() => RunAsync(async host =>
    {
        var key = host.Key("one-way-turn");
        var grain = host.Client.GetGrain<IProbeGrain>(key);

        await grain.Tell("told");
        await host.ArrivedAsync(key, "told");
        var work = grain.Work("work");
        await grain.Ping();
        TestHost.Release(key, "work", "told");
        await host.WaitAsync(work, "the call did not end");

        Assert.Equal(["told in", "told out", "work in", "work out"], Signals.Logged(key));
    });

    [Fact]
    public Task Stateless_workers_share_one_identity_up_to_their_number() => RunAsync(async host =>
    {
        var key = host.Key("workers");
        var grain = host.Client.GetGrain<IWorkerGrain>(key);

        var first = new[] { grain.Work("a"), grain.Work("b") };
        await host.ArrivedAsync(key, "a");
        await host.ArrivedAsync(key, "b");
        var third = grain.Work("c");
        await grain.Ping();
        TestHost.Release(key, "c", "a", "b");
        await host.WaitAsync(Task.WhenAll([.. first, third]), "the calls did not end");

        var log = Signals.Logged(key);
        Assert.Equal(["a in", "b in"], log[..2].Order());
        Assert.EndsWith(" out", log[2], StringComparison.Ordinal);
    });
}
