using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Streams;

namespace OneStop.Runtime.Conformance;

public interface IListenerGrain : IGrainWithStringKey
{
    Task Subscribe(string stream);

    Task Unsubscribe(string stream);

    /// <summary>Takes all subscriptions of this grain up again; says how many.</summary>
    Task<int> Resume(string stream);

    Task<int> Subscriptions(string stream);

    Task Publish(string stream, int value);

    Task Work(string name);

    Task Leave();

    [AlwaysInterleave]
    Task Ping();
}

public sealed class ListenerGrain : Grain, IListenerGrain, IAsyncObserver<int>
{
    private readonly List<int> _seen = [];

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Key.StartsWith("resumes", StringComparison.Ordinal))
        {
            await Resume(Key);
        }
    }

    public async Task Subscribe(string stream) => await Stream(stream).SubscribeAsync(this);

    public async Task Unsubscribe(string stream)
    {
        foreach (var handle in await Stream(stream).GetAllSubscriptionHandles())
        {
            await handle.UnsubscribeAsync();
        }
    }

    public async Task<int> Resume(string stream)
    {
        var handles = await Stream(stream).GetAllSubscriptionHandles();
        foreach (var handle in handles)
        {
            await handle.ResumeAsync(this);
        }

        return handles.Count;
    }

    public async Task<int> Subscriptions(string stream) => (await Stream(stream).GetAllSubscriptionHandles()).Count;

    public Task Publish(string stream, int value) => Stream(stream).OnNextAsync(value);

    public Task Work(string name) => Signals.Pass(Key, name);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Ping() => Task.CompletedTask;

    public async Task OnNextAsync(int item, StreamSequenceToken? token = null)
    {
        await Task.Yield();
        _seen.Add(item);
        Signals.Log(Key, $"item {item}");
        Signals.Of($"{Key}:item {item} in").Set();
        if (Key.StartsWith("holds", StringComparison.Ordinal))
        {
            await Signals.Of($"{Key}:item {item} go").Task;
        }
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    private IAsyncStream<int> Stream(string key) => this.GetStreamProvider(ConformanceTest.Streams).GetStream<int>(StreamId.Create("numbers", key));
}

[GenerateSerializer, Immutable]
public sealed record Change(string Name, ImmutableArray<int> Values);

public sealed class StreamTests : ConformanceTest
{
    [Fact]
    public Task Items_reach_a_grain_in_the_order_in_which_they_were_added() => RunAsync(async host =>
    {
        var key = host.Key("ordered");
        await host.Client.GetGrain<IListenerGrain>(key).Subscribe(key);

        for (var i = 1; i <= 20; i++)
        {
            await Numbers(host, key).OnNextAsync(i);
        }

        await host.ArrivedAsync(key, "item 20");
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"item {i}"), Signals.Logged(key));
    });

    [Fact]
    public Task Every_subscriber_gets_every_item_of_its_stream_only() => RunAsync(async host =>
    {
        var (one, two, three) = (host.Key("one"), host.Key("two"), host.Key("three"));
        var stream = host.Key("shared");
        await host.Client.GetGrain<IListenerGrain>(one).Subscribe(stream);
        await host.Client.GetGrain<IListenerGrain>(two).Subscribe(stream);
        await host.Client.GetGrain<IListenerGrain>(three).Subscribe(three);

        await host.Client.GetGrain<IListenerGrain>(three).Publish(stream, 1);
        await Numbers(host, three).OnNextAsync(2);

        await host.ArrivedAsync(one, "item 1");
        await host.ArrivedAsync(two, "item 1");
        await host.ArrivedAsync(three, "item 2");
        Assert.Equal(["item 2"], Signals.Logged(three));
    });

    [Fact]
    public Task Adding_does_not_wait_for_slow_subscribers_and_each_keeps_its_own_pace() => RunAsync(async host =>
    {
        var (slow, fast, stream) = (host.Key("holds"), host.Key("fast"), host.Key("paces"));
        await host.Client.GetGrain<IListenerGrain>(slow).Subscribe(stream);
        await host.Client.GetGrain<IListenerGrain>(fast).Subscribe(stream);

        await host.WaitAsync(Numbers(host, stream).OnNextAsync(1), "the first item was not taken");
        await host.WaitAsync(Numbers(host, stream).OnNextAsync(2), "the second item was not taken");
        await host.ArrivedAsync(slow, "item 1");
        await host.ArrivedAsync(fast, "item 2");
        Assert.Equal(["item 1"], Signals.Logged(slow));

        TestHost.Release(slow, "item 1", "item 2");
        await host.ArrivedAsync(slow, "item 2");
    });

    [Fact]
    public Task An_item_waits_for_the_call_that_runs() => RunAsync(async host =>
    {
        var (key, other) = (host.Key("busy"), host.Key("other"));
        var grain = host.Client.GetGrain<IListenerGrain>(key);
        await grain.Subscribe(key);
        await host.Client.GetGrain<IListenerGrain>(other).Subscribe(key);
        var work = grain.Work("work");
        await host.ArrivedAsync(key, "work");

        await Numbers(host, key).OnNextAsync(1);
        await host.ArrivedAsync(other, "item 1");
        TestHost.Release(key, "work");
        await host.ArrivedAsync(key, "item 1");
        await host.WaitAsync(work, "the call did not end");

        Assert.Equal(["work in", "work out", "item 1"], Signals.Logged(key));
    });

    [Fact]
    public Task A_subscriber_outside_of_grains_gets_items_with_their_content() => RunAsync(async host =>
    {
        var key = host.Key("outside");
        var stream = host.Client.GetStreamProvider(Streams).GetStream<Change>("changes", key);
        var seen = new List<Change>();
        var handle = await stream.SubscribeAsync((item, _) =>
        {
            seen.Add(item);
            Signals.Of($"{key}:{item.Name} in").Set();
            return Task.CompletedTask;
        });

        await stream.OnNextAsync(new("first", [1, 2]));
        await stream.OnNextAsync(new("second", []));
        await host.ArrivedAsync(key, "second");

        Assert.Equal([("first", 2), ("second", 0)], seen.Select(c => (c.Name, c.Values.Length)));
        Assert.Equal(key, handle.StreamId.GetKeyAsString());
        Assert.Equal("changes", handle.StreamId.GetNamespace());
        await handle.UnsubscribeAsync();
    });

    [Fact]
    public Task What_is_unsubscribed_gets_nothing_more() => RunAsync(async host =>
    {
        var (key, other) = (host.Key("leaves"), host.Key("other"));
        var grain = host.Client.GetGrain<IListenerGrain>(key);
        await grain.Subscribe(key);
        await host.Client.GetGrain<IListenerGrain>(other).Subscribe(key);
        await Numbers(host, key).OnNextAsync(1);
        await host.ArrivedAsync(key, "item 1");
        Assert.Equal(1, await grain.Subscriptions(key));

        await grain.Unsubscribe(key);
        Assert.Equal(0, await grain.Subscriptions(key));
        await Numbers(host, key).OnNextAsync(2);
        await host.ArrivedAsync(other, "item 2");
        await grain.Ping();

        Assert.Equal(["item 1"], Signals.Logged(key));
    });

    [Fact]
    public Task A_subscription_outlives_its_activation_which_takes_it_up_again() => RunAsync(async host =>
    {
        var key = host.Key("resumes");
        var grain = host.Client.GetGrain<IListenerGrain>(key);
        await grain.Subscribe(key);
        await Numbers(host, key).OnNextAsync(1);
        await host.ArrivedAsync(key, "item 1");

        await grain.Leave();
        await Numbers(host, key).OnNextAsync(2);
        await host.ArrivedAsync(key, "item 2");

        Assert.Equal(["item 1", "item 2"], Signals.Logged(key));
        Assert.Equal(1, await grain.Subscriptions(key));
    });

    [Fact]
    public Task Two_subscriptions_of_one_grain_are_two() => RunAsync(async host =>
    {
        var key = host.Key("twice");
        var grain = host.Client.GetGrain<IListenerGrain>(key);
        await grain.Subscribe(key);
        await grain.Subscribe(key);

        await Numbers(host, key).OnNextAsync(1);
        await Numbers(host, key).OnNextAsync(2);
        await host.ArrivedAsync(key, "item 2");

        Assert.Equal(2, await grain.Subscriptions(key));
    });

    private static IAsyncStream<int> Numbers(TestHost host, string key) =>
        host.Client.GetStreamProvider(Streams).GetStream<int>(StreamId.Create("numbers", key));
}
