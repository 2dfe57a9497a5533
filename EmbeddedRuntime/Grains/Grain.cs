using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of grain classes. Everything in it runs in turns of its activation.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Called by the runtime, within the activation that the new object belongs to.</summary>
    protected Grain() => GrainContext = OneStop.EmbeddedRuntime.Activation.Current!;

    /// <summary>The activation this object lives in.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>Finds other grains.</summary>
    protected IGrainFactory GrainFactory => Activation.Runtime.References;

    /// <summary>The services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    private OneStop.EmbeddedRuntime.Activation Activation => OneStop.EmbeddedRuntime.Activation.Of(this);

    /// <inheritdoc/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation after the calls that are running; the next call finds a new one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps an idle activation at least that long; zero takes an earlier wish back.</summary>
    /// <param name="timeSpan">How long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);
}
