using Orleans;

namespace OneStop.Domain.Halls;

/// <summary>Where a ticket is handed to: the queue of a service, and there perhaps one counter or the counters of a pool.</summary>
/// <param name="Service">The service it waits for then.</param>
/// <param name="OnlyCounter">The only counter that may call it. Default: any.</param>
/// <param name="Pool">The pool whose counters only may call it. Default: any counter.</param>
[GenerateSerializer, Immutable]
public sealed record Destination(string Service, string? OnlyCounter = null, string? Pool = null)
{
    /// <summary>The destination that a clerk names.</summary>
    /// <exception cref="OneStopException">There is no such place in the hall, or nobody there serves the service.</exception>
    public static Destination Of(HallDefinition hall, string service, string? counter, string? pool)
    {
        hall.Service(service);
        if (counter is not null && pool is not null)
            throw Refusals.Validation("/pool", "contradiction", "Name a counter or a pool.");
        if (counter is not null && !hall.Counter(counter).Services.Contains(service))
            throw NotServed($"Counter {counter} does not serve '{service}'.");
        if (pool is not null && !hall.Pool(pool).Counters.Any(c => hall.Counter(c).Services.Contains(service)))
            throw NotServed($"No counter of pool {pool} serves '{service}'.");
        return new Destination(service, counter, pool);
    }

    private static OneStopException NotServed(string message) => new(RefusalKind.Unprocessable, "unknown-service", message);
}
