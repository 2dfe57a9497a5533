using System.Collections;
using System.Reflection;

namespace OneStop.Cluster.Tests;

/// <summary>Whether two values are the same through and through, whatever their own equality says.</summary>
internal static class Likeness
{
    /// <summary>Where they differ; null when nowhere.</summary>
    public static string? Difference(object? one, object? other, string path = "")
    {
        if (one is null || other is null) return ReferenceEquals(one, other) ? null : $"{path}: {one ?? "null"} and {other ?? "null"}";
        if (one.GetType() != other.GetType()) return $"{path}: {one.GetType()} and {other.GetType()}";
        if (one is string || one.GetType().IsPrimitive || one.GetType().IsEnum || one.GetType().Namespace == nameof(System))
            return one is Array ? Items(one, other, path) : Equals(one, other) ? null : $"{path}: {one} and {other}";
        if (one is IEnumerable && one.GetType().Namespace != null && one.GetType().Namespace!.StartsWith("System", StringComparison.Ordinal))
            return Items(one, other, path);
        for (var type = one.GetType(); type is not null && type != typeof(object) && type != typeof(Exception); type = type.BaseType)
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                if (Difference(field.GetValue(one), field.GetValue(other), path + "." + field.Name) is { } found)
                    return found;
        return null;
    }

    private static string? Items(object one, object other, string path)
    {
        var (mine, theirs) = (((IEnumerable)one).Cast<object?>().ToArray(), ((IEnumerable)other).Cast<object?>().ToArray());
        if (mine.Length != theirs.Length) return $"{path}: {mine.Length} and {theirs.Length} items";
        for (var i = 0; i < mine.Length; i++)
            if (Difference(mine[i], theirs[i], $"{path}[{i}]") is { } found)
                return found;
        return null;
    }
}
