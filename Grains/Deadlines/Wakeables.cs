using OneStop.Grains.Halls;
using OneStop.Grains.Interfaces;
using OneStop.Grains.Interfaces.Applications;
using OneStop.Grains.Interfaces.Halls;
using OneStop.Grains.Interfaces.Licences;
using OneStop.Grains.Interfaces.Notices;
using OneStop.Grains.Interfaces.Rollouts;
using Orleans;

namespace OneStop.Grains.Deadlines;

/// <summary>Which grain a stream belongs to.</summary>
internal static class Wakeables
{
    public static IWakeable Of(IGrainFactory grains, string stream)
    {
        var slash = stream.IndexOf('/', StringComparison.Ordinal);
        return stream[..slash] switch
        {
            "application" => grains.GetGrain<IApplicationGrain>(stream[(slash + 1)..]),
            "queue" => grains.GetGrain<IQueueGrain>(HallKeys.KeyOfDayStream(stream)),
            "counter" => grains.GetGrain<ICounterGrain>(HallKeys.KeyOfDayStream(stream)),
            "appointments" => grains.GetGrain<IAppointmentBookGrain>(stream[(slash + 1)..]),
            "rating" => grains.GetGrain<IRatingGrain>(stream[(slash + 1)..]),
            "outbox" => grains.GetGrain<IOutboxGrain>(stream[(slash + 1)..]),
            "licence" => grains.GetGrain<ILicenceGrain>(stream[(slash + 1)..]),
            "rollout" => grains.GetGrain<IRolloutGrain>(stream[(slash + 1)..]),
            var kind => throw new InvalidOperationException($"Streams of kind '{kind}' are never woken."),
        };
    }
}
