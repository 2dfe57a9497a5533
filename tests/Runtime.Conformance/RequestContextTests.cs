using Orleans;
using Orleans.Runtime;

namespace OneStop.Runtime.Conformance;

public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> Get(string name);

    Task Set(string name, string value);

    Task<string?> GetThrough(string key, string name);
}

public sealed class ContextGrain : Grain, IContextGrain
{
    public async Task<string?> Get(string name)
    {
        await Task.Yield();
        return (string?)RequestContext.Get(name);
    }

    // Not asynchronous on purpose: what it sets must not stay behind on the thread.
    public Task Set(string name, string value)
    {
        RequestContext.Set(name, value);
        return Task.CompletedTask;
    }

    public Task<string?> GetThrough(string key, string name) => GrainFactory.GetGrain<IContextGrain>(key).Get(name);
}

public sealed class RequestContextTests : ConformanceTest
{
    [Fact]
    public Task A_value_travels_along_all_calls_of_a_chain() => RunAsync(async host =>
    {
        RequestContext.Set("who", "clerk");

        Assert.Equal("clerk", await host.Client.GetGrain<IContextGrain>(host.Key("near")).GetThrough(host.Key("far"), "who"));
    });

    [Fact]
    public Task A_value_set_in_a_grain_does_not_travel_back() => RunAsync(async host =>
    {
        RequestContext.Set("who", "clerk");
        var grain = host.Client.GetGrain<IContextGrain>(host.Key("sets"));

        await grain.Set("who", "robber");
        await grain.Set("other", "robber");

        Assert.Equal("clerk", RequestContext.Get("who"));
        Assert.Null(RequestContext.Get("other"));
        Assert.Equal("clerk", await grain.Get("who"));
        Assert.Null(await grain.Get("other"));
    });

    [Fact]
    public Task A_value_taken_away_does_not_travel() => RunAsync(async host =>
    {
        var grain = host.Client.GetGrain<IContextGrain>(host.Key("removed"));
        RequestContext.Set("who", "clerk");
        RequestContext.Set("why", "duty");

        Assert.True(RequestContext.Remove("who"));
        Assert.False(RequestContext.Remove("who"));
        Assert.Null(await grain.Get("who"));
        Assert.Equal("duty", await grain.Get("why"));

        RequestContext.Clear();
        Assert.Null(await grain.Get("why"));
    });
}
