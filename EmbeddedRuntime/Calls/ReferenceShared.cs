using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>What all references to grains through one interface have in common.</summary>
internal sealed class ReferenceShared(Type grainInterface, GrainRuntime runtime)
{
    private readonly GrainInterface _interface = GrainInterface.Of(grainInterface);

    public Type Interface => grainInterface;

    public GrainRuntime Runtime => runtime;

    public GrainMethod[] Methods => _interface.Methods;

    public GrainReference Create(GrainId id) => _interface.Create(this, id);
}
