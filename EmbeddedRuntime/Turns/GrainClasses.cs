using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>The grain classes of the program, by name and by the interfaces they implement.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<GrainType, GrainClass> _byName;
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainClass> _byInterface = new();

    public GrainClasses(IOptions<EmbeddedRuntimeOptions> options)
    {
        _byName = [];
        foreach (var type in Assemblies(options.Value).SelectMany(static a => a.GetTypes()).Where(GrainClass.IsGrainClass))
        {
            var grainClass = new GrainClass(type);
            if (!_byName.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new InvalidOperationException(
                    $"{type} and {_byName[grainClass.GrainType].Type} are both named {grainClass.GrainType}; give one of them a [GrainType].");
            }
        }
    }

    public GrainClass Find(GrainType name) => _byName.TryGetValue(name, out var found)
        ? found
        : throw new ArgumentException($"There is no grain class named {name}.", nameof(name));

    public GrainClass Find(Type grainInterface, string? prefix) => _byInterface.GetOrAdd((grainInterface, prefix), static (key, all) =>
    {
        var found = all.Where(c => key.Interface.IsAssignableFrom(c.Type)
            && (key.Prefix is null || c.Type.FullName!.StartsWith(key.Prefix, StringComparison.Ordinal))).ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new ArgumentException($"No grain class implements {key.Interface}{(key.Prefix is null ? "" : $" and begins with {key.Prefix}")}."),
            _ => found.Find(c => key.Interface.Name == "I" + c.Type.Name)
                ?? throw new ArgumentException(
                    $"{key.Interface} is implemented by {string.Join(", ", found.Select(static c => c.Type.FullName))}: say which by a class name prefix."),
        };
    }, _byName.Values);

    private static IEnumerable<Assembly> Assemblies(EmbeddedRuntimeOptions options) =>
        options.GrainAssemblies.Count > 0 ? options.GrainAssemblies.Distinct() : ApplicationParts(Assembly.GetEntryAssembly());

    // What the program refers to, directly or through others, as far as it is written to the grain model.
    private static List<Assembly> ApplicationParts(Assembly? entry)
    {
        var self = typeof(GrainClasses).Assembly.GetName().Name;
        var open = new Queue<Assembly>(entry is null ? [] : [entry]);
        var seen = open.Select(static a => a.FullName!).ToHashSet(StringComparer.Ordinal);
        var parts = new List<Assembly>();
        while (open.TryDequeue(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (references.Any(r => r.Name == self))
            {
                parts.Add(assembly);
            }

            foreach (var reference in references.Where(r => !IsPlatform(r) && seen.Add(r.FullName)))
            {
                open.Enqueue(Assembly.Load(reference));
            }
        }

        return [.. parts.OrderBy(static a => a.FullName, StringComparer.Ordinal)];
    }

    private static bool IsPlatform(AssemblyName name) =>
        name.Name is "netstandard" or "mscorlib" or "System" || name.Name!.StartsWith("System.", StringComparison.Ordinal)
        || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
