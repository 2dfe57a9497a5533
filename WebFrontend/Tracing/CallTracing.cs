using System.Diagnostics;
using Orleans;
using Orleans.Runtime;

namespace OneStop.WebFrontend.Tracing;

/// <summary>
/// A span for each call to a grain that is part of a trace. The trace travels in the request context, which either
/// runtime carries from process to process. What the town does by itself, every few seconds, is no trace.
/// </summary>
public sealed class CallTracing : IIncomingGrainCallFilter
{
    /// <summary>Name of the source of these spans.</summary>
    public const string Source = "OneStop.Grains";

    /// <summary>Under what the request context carries the span that a call belongs to (W3C traceparent).</summary>
    public const string Parent = "traceparent";

    private static readonly ActivitySource Spans = new(Source);

    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (RequestContext.Get(Parent) is not string parent || !ActivityContext.TryParse(parent, null, isRemote: true, out var from))
        {
            await context.Invoke();
            return;
        }

        using var span = Spans.StartActivity($"{context.InterfaceMethod.DeclaringType?.Name}.{context.InterfaceMethod.Name}", ActivityKind.Server, from);
        if (span?.Id is { } id) RequestContext.Set(Parent, id);
        try
        {
            await context.Invoke();
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
    }
}
