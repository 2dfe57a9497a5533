using System.Globalization;
using OneStop.Domain;
using OneStop.WebFrontend.Input;

namespace OneStop.WebFrontend.Problems;

/// <summary>Turns every refusal into a problem, and keeps a fault of ours from telling more than that it happened.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, TimeProvider time, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await Retry.RunAsync(context, next, time);
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed }
                && context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            {
                await WriteAsync(context, context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
                    ? new Problem("urn:onestop:problem:method-not-allowed", "Not valid", 405, "method-not-allowed", "This address does not take that method.", null)
                    : Problem.Of(Refusals.Unknown("route", context.Request.Path)));
            }
        }
        catch (OneStopException refusal)
        {
            if (refusal.RetryAfter is { } after)
                context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await WriteAsync(context, Problem.Of(refusal));
        }
        catch (BadHttpRequestException e)
        {
            await WriteAsync(context, Problem.Of(e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new OneStopException(RefusalKind.Invalid, "too-large", "The body is larger than this address takes.")
                : Refusals.Validation("", "malformed", "The request is not well-formed.")));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone; there is nobody to answer.
        }
        catch (Exception e)
        {
            LogFailed(logger, e, context.Request.Method, context.Request.Path);
            if (context.Response.HasStarted) throw;
            await WriteAsync(context, new Problem(
                "urn:onestop:problem:internal", "Internal error", 500, "internal", "Something went wrong here; it has been logged.", null));
        }
    }

    private static Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(problem, ApiJson.Options, Problem.MediaType, CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, string path);
}
