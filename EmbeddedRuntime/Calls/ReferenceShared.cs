using System.Linq.Expressions;
using System.Reflection;
using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>What all references to grains through one interface have in common.</summary>
internal sealed class ReferenceShared
{
    private readonly Func<ReferenceShared, GrainId, GrainReference> _create;

    public ReferenceShared(Type grainInterface, GrainRuntime runtime)
    {
        Interface = grainInterface;
        Runtime = runtime;
        var methods = MethodsOf(grainInterface);
        Methods = [.. methods.Select(static m => new GrainMethod(m))];
        _create = Constructor(ReferenceEmitter.Emit(grainInterface, methods));
    }

    public Type Interface { get; }

    public GrainRuntime Runtime { get; }

    public GrainMethod[] Methods { get; }

    public GrainReference Create(GrainId id) => _create(this, id);

    private static List<MethodInfo> MethodsOf(Type grainInterface) =>
    [
        .. grainInterface.GetInterfaces().Prepend(grainInterface).SelectMany(static i => i.GetMethods())
            .Where(static m => m.IsAbstract && !m.IsStatic),
    ];

    private static Func<ReferenceShared, GrainId, GrainReference> Constructor(Type type)
    {
        var shared = Expression.Parameter(typeof(ReferenceShared));
        var id = Expression.Parameter(typeof(GrainId));
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public)[0];
        return Expression.Lambda<Func<ReferenceShared, GrainId, GrainReference>>(Expression.New(constructor, shared, id), shared, id).Compile();
    }
}
