using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;

namespace OneStop.Cluster.Tests;

/// <summary>Values of any message, every member filled with something of its own.</summary>
internal sealed class Sample
{
    private const int Deepest = 8;

    private int made;

    /// <summary>A value of this type, which is not abstract.</summary>
    public object Of(Type type) => Make(type, 0)!;

    private object? Make(Type type, int depth)
    {
        made++;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Make(inner, depth);
        if (type.IsEnum) return Enum.GetValues(type) is var values ? values.GetValue(made % values.Length) : null;
        if (Plain(type) is { } plain) return plain;
        if (type.IsGenericType && type.GetGenericTypeDefinition() is var open)
        {
            var arguments = type.GetGenericArguments();
            if (open == typeof(ImmutableArray<>)) return Collection(typeof(ImmutableArray), arguments[0], depth);
            if (open == typeof(ImmutableSortedSet<>)) return Collection(typeof(ImmutableSortedSet), arguments[0], depth);
            if (open == typeof(ImmutableDictionary<,>)) return Dictionary(typeof(ImmutableDictionary), nameof(ImmutableDictionary.CreateRange), arguments, depth);
            if (open == typeof(ImmutableSortedDictionary<,>)) return Dictionary(typeof(ImmutableSortedDictionary), nameof(ImmutableSortedDictionary.CreateRange), arguments, depth);
            if (open == typeof(FrozenDictionary<,>)) return Dictionary(typeof(FrozenDictionary), nameof(FrozenDictionary.ToFrozenDictionary), arguments, depth);
        }

        if (type.IsArray) return System.Array.CreateInstance(type.GetElementType()!, 0);
        if (depth > Deepest && !type.IsValueType) return null;
        var concrete = type.IsAbstract ? type.Assembly.GetTypes().First(t => t.IsSubclassOf(type) && !t.IsAbstract) : type;
        return Filled(concrete, depth);
    }

    private object? Plain(Type type) => type switch
    {
        _ when type == typeof(string) => "文" + made.ToString(CultureInfo.InvariantCulture),
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => made,
        _ when type == typeof(long) => long.MaxValue - made,
        _ when type == typeof(double) => made + 0.5,
        _ when type == typeof(decimal) => made + 0.25m,
        _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(made * 7L),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 2, 13, 9, 30, 0, TimeSpan.FromHours(8)).AddTicks(made),
        _ when type == typeof(DateOnly) => new DateOnly(2026, 2, 13).AddDays(made),
        _ when type == typeof(TimeOnly) => new TimeOnly(9, 30).Add(TimeSpan.FromTicks(made)),
        _ when type == typeof(byte[]) => new byte[] { 1, 2, (byte)made },
        _ => null,
    };

    private object Filled(Type type, int depth)
    {
        var constructor = type.GetConstructors()
            .Where(c => !(c.GetParameters() is [var only] && only.ParameterType == type))
            .MaxBy(c => c.GetParameters().Length);
        if (constructor is null) return Activator.CreateInstance(type)!;
        var parameters = constructor.GetParameters();
        var value = constructor.Invoke([.. parameters.Select(parameter => Make(parameter.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.SetMethod is { IsPublic: true } && parameters.All(parameter => !string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)))
                property.SetValue(value, Make(property.PropertyType, depth + 1));
        return value;
    }

    private object Collection(Type factory, Type element, int depth)
    {
        var items = depth > Deepest ? [] : new[] { Make(element, depth + 1), Make(element, depth + 1) }.Where(item => item is not null).ToArray();
        var array = System.Array.CreateInstance(element, items.Length);
        for (var i = 0; i < items.Length; i++) array.SetValue(items[i], i);
        return factory.GetMethods()
            .Single(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element).Invoke(null, [array])!;
    }

    private object Dictionary(Type factory, string name, Type[] arguments, int depth)
    {
        var items = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        if (depth <= Deepest) items.Add(Make(arguments[0], depth + 1)!, Make(arguments[1], depth + 1));
        var make = factory.GetMethods().First(m => m.Name == name && m.GetGenericArguments().Length == 2
            && m.GetParameters() is [{ ParameterType.IsGenericType: true } first, ..] parameters && parameters.Skip(1).All(p => p.IsOptional)
            && first.ParameterType.GetGenericTypeDefinition() == typeof(IEnumerable<>)).MakeGenericMethod(arguments);
        return make.Invoke(null, [items, .. make.GetParameters().Skip(1).Select(_ => (object?)null)])!;
    }
}
