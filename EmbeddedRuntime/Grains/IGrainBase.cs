using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class implements, most of them by deriving from <see cref="Grain"/>.</summary>
public interface IGrainBase
{
    /// <summary>The activation this object lives in.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Called before the first call. If it throws, the callers get that exception and this activation is given up.</summary>
    /// <param name="token">Cancelled when activating is given up.</param>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Called after the last call. Not called when the process dies.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="token">Cancelled when there is no more time.</param>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
