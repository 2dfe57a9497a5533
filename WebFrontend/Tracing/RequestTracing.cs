using System.Diagnostics;
using Orleans.Runtime;

namespace OneStop.WebFrontend.Tracing;

/// <summary>Hands the trace of a request on to the grains that it calls.</summary>
public sealed class RequestTracing : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static async (context, following) =>
        {
            var span = Activity.Current;
            if (span?.Id is { } id) RequestContext.Set(CallTracing.Parent, id);
            await following(context);
            // The route, not the path: a path may name a case.
            if (span is null) return;
            span.SetTag("url.path", null);
            span.DisplayName = $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)"}";
        });
        next(app);
    };
}
