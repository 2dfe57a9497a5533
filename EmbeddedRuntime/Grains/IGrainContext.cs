namespace Orleans.Runtime;

/// <summary>The activation of a grain.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>Who the grain is.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain's object; null before it was made.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of this activation, disposed with it.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Done when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation after the calls that are running.</summary>
    /// <param name="deactivationReason">Why.</param>
    /// <param name="cancellationToken">Handed to the grain.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
