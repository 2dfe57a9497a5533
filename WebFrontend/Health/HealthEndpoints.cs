using System.Collections.Immutable;
using OneStop.WebFrontend.Input;

namespace OneStop.WebFrontend.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve; otherwise 503 and what is missing.</summary>
internal static partial class HealthEndpoints
{
    // A probe that takes longer than this is as good as a failed one, and whoever asks waits hardly longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription().DisableHttpMetrics();
        app.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription().DisableHttpMetrics();
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, IEnumerable<IReadinessCheck> checks, TimeProvider time, ILoggerFactory loggers)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        var asked = checks.Select(check => AskAsync(check, loggers.CreateLogger(typeof(HealthEndpoints)), either.Token)).ToArray();
        var missing = (await Task.WhenAll(asked)).OfType<NotReady>().ToImmutableArray();
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new Readiness(missing.IsEmpty, missing), ApiJson.Options,
            statusCode: missing.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<NotReady?> AskAsync(IReadinessCheck check, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return await check.WhyNotAsync(cancellationToken).AsTask().WaitAsync(cancellationToken) is { } why ? new NotReady(check.Name, why) : null;
        }
        catch (OperationCanceledException)
        {
            return new NotReady(check.Name, "It does not answer in time.");
        }
        catch (Exception e)
        {
            LogFailed(logger, e, check.Name);
            return new NotReady(check.Name, "It fails; the log says how.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The readiness check {Check} failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string check);

    private sealed record Readiness(bool Ready, ImmutableArray<NotReady> NotReady);

    private sealed record NotReady(string What, string Why);
}
