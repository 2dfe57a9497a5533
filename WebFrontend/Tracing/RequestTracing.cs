using System.Diagnostics;
using Orleans.Runtime;

namespace OneStop.WebFrontend.Tracing;

/// <summary>Hands the trace of a request on to the grains that it calls.</summary>
public sealed class RequestTracing : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static (context, following) =>
        {
            if (Activity.Current?.Id is { } id) RequestContext.Set(CallTracing.Parent, id);
            return following(context);
        });
        next(app);
    };
}
