namespace OneStop.WebFrontend.Health;

/// <summary>One thing that must be in order before this process can serve.</summary>
public interface IReadinessCheck
{
    /// <summary>Its name, in lower case.</summary>
    string Name { get; }

    /// <summary>Why it is not in order; null when it is. Says nothing that only the operator may know.</summary>
    /// <param name="cancellationToken">Nobody waits any longer.</param>
    ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken);
}
