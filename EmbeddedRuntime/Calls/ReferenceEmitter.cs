using System.Reflection;
using System.Reflection.Emit;
using Orleans.Runtime;

namespace OneStop.EmbeddedRuntime;

/// <summary>
/// Writes the class of the references to a grain interface: each method packs its arguments into an array and hands them, with its own number, to
/// <see cref="GrainReference"/>.
/// </summary>
internal static class ReferenceEmitter
{
    private const BindingFlags Internals = BindingFlags.Instance | BindingFlags.NonPublic;

    public static Type Emit(Type grainInterface, IReadOnlyList<MethodInfo> methods)
    {
        var name = $"{grainInterface.FullName}.Reference";
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(name), AssemblyBuilderAccess.Run);
        var module = assembly.DefineDynamicModule(name);
        AllowInternals(assembly, module, new[] { grainInterface, typeof(GrainReference) }.Concat(methods.SelectMany(UsedTypes)));
        var type = module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [grainInterface]);
        EmitConstructor(type);
        for (var i = 0; i < methods.Count; i++)
        {
            EmitMethod(type, methods[i], i);
        }

        return type.CreateType();
    }

    private static IEnumerable<Type> UsedTypes(MethodInfo method)
    {
        var open = new Stack<Type>(method.GetParameters().Select(static p => p.ParameterType).Append(method.ReturnType).Append(method.DeclaringType!));
        while (open.TryPop(out var type))
        {
            yield return type;
            Array.ForEach(type.GetGenericArguments(), open.Push);
            if (type.GetElementType() is { } element)
            {
                open.Push(element);
            }
        }
    }

    // Grain interfaces and messages may be internal to their assembly; the runtime honours this attribute by its name.
    private static void AllowInternals(AssemblyBuilder assembly, ModuleBuilder module, IEnumerable<Type> types)
    {
        var attribute = module.DefineType(
            "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", TypeAttributes.Public | TypeAttributes.Sealed, typeof(Attribute));
        attribute.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(string)]).GetILGenerator().Emit(OpCodes.Ret);
        var constructor = attribute.CreateType().GetConstructor([typeof(string)])!;
        foreach (var name in types.Select(static t => t.Assembly.GetName().Name!).Distinct(StringComparer.Ordinal))
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [name]));
        }
    }

    private static void EmitConstructor(TypeBuilder type)
    {
        Type[] parameters = [typeof(ReferenceShared), typeof(GrainId)];
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, parameters).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(Internals, parameters)!);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder type, MethodInfo method, int number)
    {
        var parameters = method.GetParameters().Select(static p => p.ParameterType).ToArray();
        if (method.IsGenericMethodDefinition || parameters.Any(static p => p.IsByRef) || Target(method) is not { } target)
        {
            throw new NotSupportedException(
                $"{method.DeclaringType}.{method.Name} cannot be a grain method here: it may be neither generic nor take references, "
                + "and returns Task, ValueTask (with or without a result) or void.");
        }

        var builder = type.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            parameters);
        var il = builder.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, number);
        il.Emit(OpCodes.Ldc_I4, parameters.Length);
        il.Emit(OpCodes.Newarr, typeof(object));
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            il.Emit(OpCodes.Box, parameters[i]);
            il.Emit(OpCodes.Stelem_Ref);
        }

        il.Emit(OpCodes.Call, target);
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(builder, method);
    }

    private static MethodInfo? Target(MethodInfo method)
    {
        var returned = method.ReturnType;
        var definition = returned.IsGenericType ? returned.GetGenericTypeDefinition() : returned;
        var name = definition switch
        {
            _ when definition == typeof(void) => nameof(GrainReference.CallVoid),
            _ when definition == typeof(Task) => nameof(GrainReference.CallTask),
            _ when definition == typeof(ValueTask) => nameof(GrainReference.CallValueTask),
            _ when definition == typeof(Task<>) => nameof(GrainReference.Call),
            _ when definition == typeof(ValueTask<>) => nameof(GrainReference.CallValue),
            _ => null,
        };
        var target = name is null ? null : typeof(GrainReference).GetMethod(name, Internals);
        return returned.IsGenericType ? target?.MakeGenericMethod(GrainMethod.ResultType(method)) : target;
    }
}
