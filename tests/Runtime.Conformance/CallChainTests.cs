using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace OneStop.Runtime.Conformance;

public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Has the other grain call back, within a section or not; returns whether the call back was let in.</summary>
    Task<bool> CallOut(IChainGrain other, string how);

    /// <summary>Calls back and returns whether it was let in while the caller waited; waits for it where that is due.</summary>
    Task<bool> CallBack(IChainGrain caller, bool wait);

    Task Touch();

    Task<bool> OpenSection(string name);

    [AlwaysInterleave]
    Task Ping();
}

public sealed class ChainGrain : Grain, IChainGrain
{
    public async Task<bool> CallOut(IChainGrain other, string how)
    {
        var self = this.AsReference<IChainGrain>();
        switch (how)
        {
            case "plain":
                return await other.CallBack(self, wait: false);
            case "allowed":
                using (RequestContext.AllowCallChainReentrancy())
                {
                    return await other.CallBack(self, wait: true);
                }

            case "suppressed":
                using (RequestContext.AllowCallChainReentrancy())
                using (RequestContext.SuppressCallChainReentrancy())
                {
                    return await other.CallBack(self, wait: false);
                }

            default:
                using (RequestContext.AllowCallChainReentrancy())
                {
                    await other.Touch();
                }

                return await other.CallBack(self, wait: false);
        }
    }

    public async Task<bool> CallBack(IChainGrain caller, bool wait)
    {
        var touched = caller.Touch();
        if (wait)
        {
            await touched;
        }

        await caller.Ping();
        await caller.Ping();
        return touched.IsCompletedSuccessfully;
    }

    public Task Touch() => Task.CompletedTask;

    public async Task<bool> OpenSection(string name)
    {
        using (RequestContext.AllowCallChainReentrancy())
        {
            await Signals.Pass(this.GetPrimaryKeyString(), name);
        }

        return true;
    }

    public Task Ping() => Task.CompletedTask;
}

public sealed class CallChainTests : ConformanceTest
{
    [Theory]
    [InlineData("plain", false)]
    [InlineData("allowed", true)]
    [InlineData("suppressed", false)]
    [InlineData("after the section", false)]
    public Task A_call_comes_back_into_its_own_chain_only_where_the_grain_allowed_it(string how, bool letIn) => RunAsync(async host =>
    {
        var caller = host.Client.GetGrain<IChainGrain>(host.Key("caller"));
        var other = host.Client.GetGrain<IChainGrain>(host.Key("other"));

        Assert.Equal(letIn, await host.WaitAsync(caller.CallOut(other, how), "the chain did not end"));
    });

    [Fact]
    public Task A_section_lets_nobody_else_in() => RunAsync(async host =>
    {
        var key = host.Key("section");
        var grain = host.Client.GetGrain<IChainGrain>(key);

        var open = grain.OpenSection("open");
        await host.ArrivedAsync(key, "open");
        var touched = grain.Touch();
        await grain.Ping();
        await grain.Ping();
        Assert.False(touched.IsCompleted);

        TestHost.Release(key, "open");
        await host.WaitAsync(Task.WhenAll(open, touched), "the calls did not end");
    });
}
