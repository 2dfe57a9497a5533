using Orleans;
using Orleans.Hosting;

namespace OneStop.Runtime.Conformance;

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<int> Double(int value);

    Task<string> Greet(string name);

    Task Nothing();

    Task<int> Refused();
}

/// <summary>A grain that filters its own calls as well.</summary>
public sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        Signals.Log(this.GetPrimaryKeyString(), "own before");
        await context.Invoke();
        Signals.Log(this.GetPrimaryKeyString(), $"own after {context.Result}");
    }

    public Task<int> Double(int value) => Task.FromResult(2 * value);

    public Task<string> Greet(string name) => Task.FromResult($"Hello, {name}");

    public Task Nothing() => Task.CompletedTask;

    public Task<int> Refused() => Task.FromResult(1);
}

/// <summary>Stands before all grains of the tests and does something for one interface.</summary>
public sealed class LoggingFilter : IIncomingGrainCallFilter
{
    public static void Register(ISiloBuilder silo) => silo
        .AddIncomingGrainCallFilter<LoggingFilter>()
        .AddIncomingGrainCallFilter(context =>
        {
            if (context.Grain is FilteredGrain grain)
            {
                Signals.Log(grain.GetPrimaryKeyString(), "second");
            }

            return context.Invoke();
        });

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Grain is not FilteredGrain grain)
        {
            await context.Invoke();
            return;
        }

        var key = grain.GetPrimaryKeyString();
        Signals.Log(key, $"before {context.InterfaceMethod.Name} {context.MethodName} {context.ImplementationMethod.Name} {context.TargetId.Key}");
        if (context.MethodName == nameof(IFilteredGrain.Refused))
        {
            throw new WrongStateException("refused by a filter", 9);
        }

        if (context.MethodName == nameof(IFilteredGrain.Greet))
        {
            context.Request.SetArgument(0, $"{context.Request.GetArgument(0)} of {context.Request.GetArgumentCount()}");
        }

        await context.Invoke();
        if (context.Result is int value)
        {
            context.Result = value + 1;
        }

        Signals.Log(key, $"after {context.Result}");
    }
}

public sealed class FilterTests : ConformanceTest
{
    [Fact]
    public Task Filters_see_a_call_in_the_order_of_their_registration_and_may_change_its_result() => RunAsync(async host =>
    {
        var key = host.Key("filtered");

        Assert.Equal(43, await host.Client.GetGrain<IFilteredGrain>(key).Double(21));

        Assert.Equal([$"before Double Double Double {key}", "second", "own before", "own after 42", "after 43"], Signals.Logged(key));
    });

    [Fact]
    public Task A_filter_may_change_an_argument() => RunAsync(async host =>
        Assert.Equal("Hello, Li of 1", await host.Client.GetGrain<IFilteredGrain>(host.Key("filtered")).Greet("Li")));

    [Fact]
    public Task A_method_without_a_result_passes_filters_as_well() => RunAsync(async host =>
    {
        var key = host.Key("filtered");

        await host.Client.GetGrain<IFilteredGrain>(key).Nothing();

        Assert.Equal("after ", Signals.Logged(key)[^1]);
    });

    [Fact]
    public Task A_filters_refusal_reaches_the_caller_and_the_method_is_not_called() => RunAsync(async host =>
    {
        var key = host.Key("filtered");

        await Assert.ThrowsAsync<WrongStateException>(() => host.Client.GetGrain<IFilteredGrain>(key).Refused());

        Assert.Equal([$"before Refused Refused Refused {key}"], Signals.Logged(key));
    });
}
