using System.Text;

namespace OneStop.WebFrontend.Metrics;

/// <summary><c>/metrics</c>: what Prometheus reads. No sign-in, and nothing about a person, a case or a ticket.</summary>
internal static class MetricsEndpoint
{
    public static void Map(WebApplication app)
    {
        // Made now: what was measured before somebody listens is lost.
        var collector = app.Services.GetRequiredService<MetricsCollector>();
        app.MapGet("/metrics", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Text(collector.Exposition(), "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8);
        }).ExcludeFromDescription().DisableHttpMetrics();
    }
}
