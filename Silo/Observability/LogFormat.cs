using System.Text.Encodings.Web;
using System.Text.Json;

namespace OneStop.Silo.Observability;

/// <summary>How logs are written.</summary>
internal enum LogFormat
{
    /// <summary>A line to read.</summary>
    Simple,

    /// <summary>A line of JSON, for what collects logs.</summary>
    Json,
}

/// <summary>Writes logs to the console.</summary>
internal static class Logs
{
    public static void AddLog(this ILoggingBuilder logging, LogFormat format)
    {
        if (format is LogFormat.Simple)
        {
            logging.AddSimpleConsole(console => console.SingleLine = true);
            return;
        }

        logging.AddJsonConsole(console =>
        {
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            // Chinese stays readable; a log is no web page.
            console.JsonWriterOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            console.IncludeScopes = true;
        });
        // What ties a line to its trace.
        logging.Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
    }
}
