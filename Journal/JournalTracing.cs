using System.Diagnostics;

namespace OneStop.Journal;

/// <summary>A span for each append that is part of a trace, from asking to its durable commit, on the source <c>OneStop.Journal</c>.</summary>
internal static class JournalTracing
{
    private static readonly ActivitySource Spans = new("OneStop.Journal");

    /// <summary>Whether somebody listens and something is being traced.</summary>
    public static bool IsOn => Spans.HasListeners() && Activity.Current is not null;

    /// <summary>Starts the span of an append; null when it is not sampled.</summary>
    public static Activity? Start(string store, AppendRequest request)
    {
        if (Spans.StartActivity("journal append", ActivityKind.Client) is not { } span)
            return null;
        span.SetTag("onestop.store", store);
        span.SetTag("onestop.streams", request.Streams.Length);
        return span;
    }
}
