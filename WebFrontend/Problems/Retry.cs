using OneStop.Domain;
using OneStop.WebFrontend.Input;

namespace OneStop.WebFrontend.Problems;

/// <summary>
/// Makes a call again that a silo's end has cut short, when making it twice does no harm: reads, and commands under an
/// <c>Idempotency-Key</c>, which find their first answer. All others are refused and left to their sender.
/// </summary>
internal static class Retry
{
    // Longer than the cluster needs to notice that a silo is gone; shorter than callers and proxies wait.
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // No body that is held back is larger, so none is written to a file.
    private const int BodyBytes = 2 << 20;

    /// <summary>Runs the rest of the pipeline, if need be several times.</summary>
    /// <exception cref="OneStopException"><c>cluster-unavailable</c>.</exception>
    public static async Task RunAsync(HttpContext context, RequestDelegate next, TimeProvider time)
    {
        // A file that comes in is not held back to be sent again: its sender has it.
        var repeatable = IsRepeatable(context.Request) && context.GetEndpoint()?.Metadata.GetMetadata<TakesFile>() is null;
        if (repeatable && !HttpMethods.IsGet(context.Request.Method)) context.Request.EnableBuffering(BodyBytes);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await next(context);
                return;
            }
            catch (Exception e) when (RuntimeFaults.MayPass(e) && !context.RequestAborted.IsCancellationRequested)
            {
                if (context.Response.HasStarted) throw;
                if (!repeatable || time.GetElapsedTime(started) > Most) throw Unavailable();
            }

            await Task.Delay(Pause, time, context.RequestAborted);
            context.Response.Clear();
            if (context.Request.Body.CanSeek) context.Request.Body.Position = 0;
        }
    }

    private static bool IsRepeatable(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey("Idempotency-Key"));

    private static OneStopException Unavailable() => new(
        RefusalKind.Unavailable,
        "cluster-unavailable",
        "A part of the system is changing places and it is not known whether this was carried out. Look, or send it again under the same Idempotency-Key.")
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };
}
