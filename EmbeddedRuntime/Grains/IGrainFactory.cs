using Orleans.Runtime;

namespace Orleans;

/// <summary>Makes references to grains. No grain is activated by it: a call does that.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain with this key.</summary>
    /// <typeparam name="TGrainInterface">Its interface.</typeparam>
    /// <param name="primaryKey">Its key.</param>
    /// <param name="grainClassNamePrefix">How the full name of its class begins, where several classes implement the interface.</param>
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey;

    /// <summary>A reference to the grain with this key.</summary>
    /// <typeparam name="TGrainInterface">Its interface.</typeparam>
    /// <param name="primaryKey">Its key.</param>
    /// <param name="grainClassNamePrefix">How the full name of its class begins, where several classes implement the interface.</param>
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>A reference to the grain with this key.</summary>
    /// <param name="grainInterfaceType">Its interface.</param>
    /// <param name="grainPrimaryKey">Its key.</param>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>A reference to the grain with this key.</summary>
    /// <param name="grainInterfaceType">Its interface.</param>
    /// <param name="grainPrimaryKey">Its key.</param>
    IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey);

    /// <summary>A reference to the grain with this identity.</summary>
    /// <typeparam name="TGrainInterface">Its interface.</typeparam>
    /// <param name="grainId">Its identity.</param>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;
}
