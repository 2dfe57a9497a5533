using Orleans;

namespace OneStop.EmbeddedRuntime;

/// <summary>Where the calls to one identity go: an activation, or the workers of a stateless one.</summary>
internal interface ICallTarget
{
    /// <summary>Takes a call; false when this target has ended and another must be made.</summary>
    bool TryReceive(Call call);

    /// <summary>Ends it; done when it has ended.</summary>
    Task EndAsync(DeactivationReason reason, CancellationToken cancellationToken);

    /// <summary>What runs and waits, for a person looking for a stall.</summary>
    IEnumerable<string> Describe();
}
