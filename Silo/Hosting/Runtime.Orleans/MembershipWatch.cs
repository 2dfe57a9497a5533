using Orleans.Hosting;
using Orleans.Runtime;

namespace OneStop.Silo.Hosting;

/// <summary>
/// Has the pulse beat when another silo comes, goes or is declared dead: the shards of the durable clock that were there
/// are taken over at once, and no deadline waits for the next beat.
/// </summary>
internal sealed class MembershipWatch(ISiloStatusOracle oracle, PulseNudge nudge) : IHostedService, ISiloStatusListener
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        oracle.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        oracle.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status) => nudge.Give();
}

/// <summary>Adds <see cref="MembershipWatch"/>.</summary>
public static class MembershipHosting
{
    /// <summary>Has <see cref="PulseHosting.AddPulse"/>'s pulse beat whenever the cluster's membership changes.</summary>
    public static void UseMembershipWatch(this ISiloBuilder silo) => silo.Services.AddHostedService<MembershipWatch>();
}
