using Orleans;

namespace OneStop.Runtime.Conformance;

[GenerateSerializer]
public sealed class WrongStateException(string message, int state) : Exception(message)
{
    [Id(0)]
    public int State { get; } = state;
}

public interface IThrowingGrain : IGrainWithStringKey
{
    Task ThrowAtOnce(int state);

    Task<int> ThrowAfterAwait(int state);

    Task<int> AskAnother(string key, int state);

    Task<string> CatchFromAnother(string key, int state);

    ValueTask<int> ThrowFromValueTask(int state);

    Task ThrowCancelled();
}

public sealed class ThrowingGrain : Grain, IThrowingGrain
{
    public Task ThrowAtOnce(int state) => throw new WrongStateException("at once", state);

    public async Task<int> ThrowAfterAwait(int state)
    {
        await Task.Yield();
        throw new WrongStateException("after an await", state);
    }

    public Task<int> AskAnother(string key, int state) => GrainFactory.GetGrain<IThrowingGrain>(key).ThrowAfterAwait(state);

    public async Task<string> CatchFromAnother(string key, int state)
    {
        try
        {
            await GrainFactory.GetGrain<IThrowingGrain>(key).ThrowAfterAwait(state);
            return "nothing";
        }
        catch (WrongStateException e) when (e.State == state)
        {
            return e.Message;
        }
    }

    public async ValueTask<int> ThrowFromValueTask(int state)
    {
        await Task.Yield();
        throw new WrongStateException("from a value task", state);
    }

    public Task ThrowCancelled() => throw new OperationCanceledException("by itself");
}

public sealed class ExceptionTests : ConformanceTest
{
    [Fact]
    public Task An_exception_reaches_the_caller_with_its_type_and_its_own_members() => RunAsync(async host =>
    {
        var grain = host.Client.GetGrain<IThrowingGrain>(host.Key("throws"));

        var first = await Assert.ThrowsAsync<WrongStateException>(() => grain.ThrowAtOnce(1));
        var second = await Assert.ThrowsAsync<WrongStateException>(() => grain.ThrowAfterAwait(2));
        var third = await Assert.ThrowsAsync<WrongStateException>(() => grain.ThrowFromValueTask(3).AsTask());

        Assert.Equal([("at once", 1), ("after an await", 2), ("from a value task", 3)], new[] { first, second, third }.Select(e => (e.Message, e.State)));
        Assert.Contains(nameof(ThrowingGrain.ThrowAfterAwait), second.StackTrace, StringComparison.Ordinal);
    });

    [Fact]
    public Task An_exception_passes_through_a_grain_that_does_not_catch_it() => RunAsync(async host =>
    {
        var grain = host.Client.GetGrain<IThrowingGrain>(host.Key("passes"));

        var failure = await Assert.ThrowsAsync<WrongStateException>(() => grain.AskAnother(host.Key("throws"), 4));

        Assert.Equal(4, failure.State);
    });

    [Fact]
    public Task A_grain_catches_anothers_exception_by_type() => RunAsync(async host =>
        Assert.Equal("after an await", await host.Client.GetGrain<IThrowingGrain>(host.Key("catches")).CatchFromAnother(host.Key("throws"), 5)));

    [Fact]
    public Task A_grain_that_threw_goes_on_with_its_next_call() => RunAsync(async host =>
    {
        var grain = host.Client.GetGrain<IThrowingGrain>(host.Key("goes-on"));

        await Assert.ThrowsAsync<WrongStateException>(() => grain.ThrowAtOnce(1));

        Assert.Equal(2, (await Assert.ThrowsAsync<WrongStateException>(() => grain.ThrowAtOnce(2))).State);
    });

    [Fact]
    public Task A_grains_own_cancellation_reaches_the_caller_as_one() => RunAsync(async host =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Client.GetGrain<IThrowingGrain>(host.Key("cancels")).ThrowCancelled()));
}
