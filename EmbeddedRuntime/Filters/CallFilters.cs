using Orleans;
using Orleans.Serialization.Invocation;

namespace OneStop.EmbeddedRuntime;

/// <summary>The filters that calls pass before they reach their method.</summary>
internal sealed class CallFilters(IEnumerable<IIncomingGrainCallFilter> filters)
{
    private readonly IIncomingGrainCallFilter[] _filters = [.. filters];

    public Task Apply(Activation activation, IInvokable call, GrainMethod method, object?[] arguments)
    {
        var grain = activation.Instance;
        if (_filters.Length == 0 && grain is not IIncomingGrainCallFilter)
        {
            return method.Invoke(grain, arguments);
        }

        IEnumerable<IIncomingGrainCallFilter> all = grain is IIncomingGrainCallFilter own ? _filters.Append(own) : _filters;
        return FilteredAsync(new IncomingCallContext(activation, call, method, arguments, [.. all]));
    }

    private static async Task<object?> FilteredAsync(IncomingCallContext context)
    {
        await context.Invoke();
        return context.Result;
    }
}

/// <summary>A filter given as a function.</summary>
internal sealed class DelegateFilter(IncomingGrainCallFilterDelegate filter) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context) => filter(context);
}
