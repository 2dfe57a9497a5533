using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;

namespace OneStop.Runtime.Conformance;

/// <summary>The names of the generic parameters in force where a signature stands.</summary>
internal sealed record SurfaceContext(ImmutableArray<string> Types, ImmutableArray<string> Methods);

/// <summary>Writes the types of signatures by their full names; which assembly a type comes from does not matter to a caller's source.</summary>
internal sealed class SurfaceNames(MetadataReader reader) : ISignatureTypeProvider<string, SurfaceContext>, ICustomAttributeTypeProvider<string>
{
    public string Of(TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{Of(outer)}+{reader.GetString(type.Name)}"
            : Join(type.Namespace, type.Name);
    }

    public string Of(EntityHandle handle, SurfaceContext context) => handle.Kind switch
    {
        HandleKind.TypeDefinition => Of((TypeDefinitionHandle)handle),
        HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, context),
        var kind => throw new BadImageFormatException($"A type cannot be a {kind}."),
    };

    public string OfAttribute(CustomAttribute attribute) => attribute.Constructor.Kind == HandleKind.MemberReference
        ? Of(reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent, new SurfaceContext([], []))
        : Of(reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType());

    public ImmutableArray<string> GenericNames(GenericParameterHandleCollection handles) =>
        [.. handles.Select(h => reader.GetString(reader.GetGenericParameter(h).Name))];

    public string GenericParameters(GenericParameterHandleCollection handles, SurfaceContext context)
    {
        if (handles.Count == 0)
        {
            return "";
        }

        var each = handles.Select(reader.GetGenericParameter).Select(p =>
        {
            var constraints = p.GetConstraints().Select(c => Of(reader.GetGenericParameterConstraint(c).Type, context)).Order(StringComparer.Ordinal);
            return $"{reader.GetString(p.Name)}: {string.Join(" & ", constraints.Prepend(p.Attributes.ToString()))}";
        });
        return $"<{string.Join("; ", each)}>";
    }

    public string Constant(ConstantHandle handle)
    {
        if (handle.IsNil)
        {
            return "";
        }

        var constant = reader.GetConstant(handle);
        var value = reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        return string.Create(CultureInfo.InvariantCulture, $" = {value ?? "null"}");
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetTypeFromDefinition(MetadataReader r, TypeDefinitionHandle handle, byte rawTypeKind) => Of(handle);

    public string GetTypeFromReference(MetadataReader r, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = r.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{GetTypeFromReference(r, (TypeReferenceHandle)type.ResolutionScope, rawTypeKind)}+{r.GetString(type.Name)}"
            : Join(type.Namespace, type.Name);
    }

    public string GetTypeFromSpecification(MetadataReader r, SurfaceContext genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        r.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(",", typeArguments)}>";

    public string GetGenericTypeParameter(SurfaceContext genericContext, int index) => genericContext.Types[index];

    public string GetGenericMethodParameter(SurfaceContext genericContext, int index) => genericContext.Methods[index];

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => $"fn({string.Join(",", signature.ParameterTypes)})";

    // Required modifiers (init, in) are part of what a caller compiles against.
    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => isRequired ? $"{unmodifiedType} modreq({modifier})" : unmodifiedType;

    public string GetSystemType() => "System.Type";

    public string GetTypeFromSerializedName(string name) => name;

    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

    public bool IsSystemType(string type) => type == "System.Type";

    private string Join(StringHandle ns, StringHandle name) => ns.IsNil ? reader.GetString(name) : $"{reader.GetString(ns)}.{reader.GetString(name)}";
}
