using System.Collections.Concurrent;
using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>Makes references to grains.</summary>
internal sealed class References(GrainRuntime runtime, GrainClasses classes) : IGrainFactory
{
    private readonly ConcurrentDictionary<Type, Lazy<ReferenceShared>> _shared = new();

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)Get(typeof(TGrainInterface), Key(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)Get(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)Get(grainInterfaceType, grainPrimaryKey, null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => (IGrain)Get(grainInterfaceType, Key(grainPrimaryKey), null);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)Create(grainId, typeof(TGrainInterface));

    public object Create(GrainId id, Type grainInterface) =>
        _shared.GetOrAdd(grainInterface, static (t, r) => new Lazy<ReferenceShared>(() => new ReferenceShared(t, r)), runtime).Value.Create(id);

    private static string Key(long key) => key.ToString("X", CultureInfo.InvariantCulture);

    private object Get(Type grainInterface, string key, string? prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return Create(GrainId.Create(classes.Find(grainInterface, prefix).GrainType, key), grainInterface);
    }
}
