using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

internal static partial class GrainRuntimeLog
{
    [LoggerMessage(1, LogLevel.Error, "Activating {Grain} failed.")]
    public static partial void ActivationFailed(this ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(2, LogLevel.Error, "Deactivating {Grain} failed; it has ended all the same.")]
    public static partial void DeactivationFailed(this ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(3, LogLevel.Warning, "The one-way call {Method} to {Grain} failed.")]
    public static partial void OneWayCallFailed(this ILogger logger, Exception exception, GrainId grain, string method);

    [LoggerMessage(4, LogLevel.Error, "A timer of {Grain} failed; it goes on.")]
    public static partial void TimerFailed(this ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(5, LogLevel.Error, "An observer of stream {Stream} failed; the next items are still delivered.")]
    public static partial void ObserverFailed(this ILogger logger, Exception exception, StreamId stream);
}
