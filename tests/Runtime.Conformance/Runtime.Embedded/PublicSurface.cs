using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OneStop.Runtime.Conformance;

/// <summary>One public type of an assembly, as text that can be compared with the same type of another assembly.</summary>
/// <param name="Name">Namespace, name and generic arity.</param>
/// <param name="Head">Kind, modifiers, generic constraints and attribute targets.</param>
/// <param name="Bases">Base type and interfaces.</param>
/// <param name="Members">Public and protected members; each line says everything a caller or an overrider compiles against.</param>
internal sealed record SurfaceType(string Name, string Head, ImmutableSortedSet<string> Bases, ImmutableSortedSet<string> Members);

/// <summary>Reads public surfaces from metadata alone, so that assemblies whose dependencies cannot be loaded are readable as well.</summary>
internal sealed class PublicSurface
{
    private readonly MetadataReader _reader;
    private readonly SurfaceNames _names;

    private PublicSurface(MetadataReader reader)
    {
        _reader = reader;
        _names = new SurfaceNames(reader);
    }

    public static ImmutableSortedDictionary<string, SurfaceType> Read(string assemblyPath)
    {
        using var stream = File.OpenRead(assemblyPath);
        using var image = new PEReader(stream);
        return new PublicSurface(image.GetMetadataReader()).Types().ToImmutableSortedDictionary(t => t.Name, t => t, StringComparer.Ordinal);
    }

    private IEnumerable<SurfaceType> Types() =>
        from handle in _reader.TypeDefinitions
        let type = _reader.GetTypeDefinition(handle)
        where IsVisible(type)
        select new SurfaceType(
            _names.Of(handle),
            Head(type),
            Bases(type).ToImmutableSortedSet(StringComparer.Ordinal),
            Members(type).ToImmutableSortedSet(StringComparer.Ordinal));

    private bool IsVisible(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem
            => IsVisible(_reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private string Head(TypeDefinition type)
    {
        var shown = type.Attributes & (TypeAttributes.Interface | TypeAttributes.Abstract | TypeAttributes.Sealed);
        var generic = _names.GenericParameters(type.GetGenericParameters(), Context(type));
        return $"[{shown}]{generic}{AttributeTargets(type)}";
    }

    private string AttributeTargets(TypeDefinition type)
    {
        foreach (var handle in type.GetCustomAttributes())
        {
            var attribute = _reader.GetCustomAttribute(handle);
            if (_names.OfAttribute(attribute) != "System.AttributeUsageAttribute")
            {
                continue;
            }

            var value = attribute.DecodeValue(_names);
            var named = value.NamedArguments.OrderBy(n => n.Name, StringComparer.Ordinal).Select(n => $", {n.Name}={n.Value}");
            return string.Create(CultureInfo.InvariantCulture, $" on {(AttributeTargets)value.FixedArguments[0].Value!}{string.Concat(named)}");
        }

        return "";
    }

    private IEnumerable<string> Bases(TypeDefinition type)
    {
        if (!type.BaseType.IsNil)
        {
            yield return _names.Of(type.BaseType, Context(type));
        }

        foreach (var handle in type.GetInterfaceImplementations())
        {
            yield return _names.Of(_reader.GetInterfaceImplementation(handle).Interface, Context(type));
        }
    }

    private IEnumerable<string> Members(TypeDefinition type)
    {
        foreach (var handle in type.GetFields())
        {
            var field = _reader.GetFieldDefinition(handle);
            if ((field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem)
            {
                var shown = field.Attributes & (FieldAttributes.FieldAccessMask | FieldAttributes.Static | FieldAttributes.Literal | FieldAttributes.InitOnly);
                yield return $"[{shown}] {field.DecodeSignature(_names, Context(type))} {_reader.GetString(field.Name)}{_names.Constant(field.GetDefaultValue())}";
            }
        }

        foreach (var handle in type.GetMethods())
        {
            var method = _reader.GetMethodDefinition(handle);
            if ((method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem)
            {
                yield return Method(type, method);
            }
        }
    }

    private string Method(TypeDefinition type, MethodDefinition method)
    {
        const MethodAttributes Shown = MethodAttributes.MemberAccessMask | MethodAttributes.Static | MethodAttributes.Abstract
            | MethodAttributes.Virtual | MethodAttributes.Final;
        var context = new SurfaceContext(
            _names.GenericNames(type.GetGenericParameters()), _names.GenericNames(method.GetGenericParameters()));
        var signature = method.DecodeSignature(_names, context);
        var parameters = method.GetParameters().Select(_reader.GetParameter).Where(p => p.SequenceNumber > 0)
            .ToDictionary(p => p.SequenceNumber - 1);
        var list = signature.ParameterTypes.Select((t, i) =>
            parameters.TryGetValue(i, out var p) ? $"{t} {_reader.GetString(p.Name)}{_names.Constant(p.GetDefaultValue())}" : t);
        var generic = _names.GenericParameters(method.GetGenericParameters(), context);
        var extension = method.GetCustomAttributes().Any(a =>
            _names.OfAttribute(_reader.GetCustomAttribute(a)) == "System.Runtime.CompilerServices.ExtensionAttribute") ? "this " : "";
        return $"[{method.Attributes & Shown}] {signature.ReturnType} {_reader.GetString(method.Name)}{generic}({extension}{string.Join(", ", list)})";
    }

    private SurfaceContext Context(TypeDefinition type) => new(_names.GenericNames(type.GetGenericParameters()), []);
}
