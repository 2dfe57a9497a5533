using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>A grain interface's methods and the class of its references: made once in a process, however many hosts it has.</summary>
internal sealed class GrainInterface
{
    private static readonly ConcurrentDictionary<Type, Lazy<GrainInterface>> s_interfaces = new();

    private GrainInterface(Type type)
    {
        var methods = MethodsOf(type);
        Methods = [.. methods.Select(static m => new GrainMethod(m))];
        Create = Constructor(ReferenceEmitter.Emit(type, methods));
    }

    public GrainMethod[] Methods { get; }

    /// <summary>Makes a reference.</summary>
    public Func<ReferenceShared, GrainId, GrainReference> Create { get; }

    public static GrainInterface Of(Type type) => s_interfaces.GetOrAdd(type, static t => new(() => new GrainInterface(t))).Value;

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
