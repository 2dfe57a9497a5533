namespace Orleans.Configuration;

/// <summary>When activations that nobody uses are ended.</summary>
public class GrainCollectionOptions
{
    /// <summary>How long an activation stays without a call. Default: 15 minutes.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The steps in which that is looked at. Default: 1 minute.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);
}
