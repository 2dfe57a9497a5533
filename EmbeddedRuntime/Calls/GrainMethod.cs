using System.Linq.Expressions;
using System.Reflection;
using Orleans.Concurrency;

namespace OneStop.EmbeddedRuntime;

/// <summary>A method of a grain interface, ready to be called on a grain object without reflection.</summary>
internal sealed class GrainMethod
{
    public GrainMethod(MethodInfo method)
    {
        Method = method;
        CancellationIndex = Array.FindIndex(method.GetParameters(), p => p.ParameterType == typeof(CancellationToken));
        Traits = TraitsOf(method);
        Invoke = Compile(method);
    }

    public MethodInfo Method { get; }

    public CallTraits Traits { get; }

    /// <summary>Which argument is a cancellation token; -1 for none.</summary>
    public int CancellationIndex { get; }

    /// <summary>Calls the method on an object that implements it.</summary>
    public Func<object, object?[], Task> Invoke { get; }

    /// <summary>The type a method's task results in; <see cref="Nothing"/> for none.</summary>
    public static Type ResultType(MethodInfo method) =>
        method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : typeof(Nothing);

    /// <summary>What a finished method returned, as an object.</summary>
    public static object? ResultOf(MethodInfo method, Task finished) =>
        method.ReturnType.IsGenericType ? finished.GetType().GetProperty(nameof(Task<int>.Result))!.GetValue(finished) : null;

    private static CallTraits TraitsOf(MethodInfo method) =>
        (method.IsDefined(typeof(ReadOnlyAttribute)) ? CallTraits.ReadOnly : 0)
        | (method.IsDefined(typeof(AlwaysInterleaveAttribute)) ? CallTraits.AlwaysInterleave : 0)
        | (method.IsDefined(typeof(OneWayAttribute)) || method.ReturnType == typeof(void) ? CallTraits.OneWay : 0);

    private static Func<object, object?[], Task> Compile(MethodInfo method)
    {
        var target = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var call = Expression.Call(
            Expression.Convert(target, method.DeclaringType!),
            method,
            method.GetParameters().Select((p, i) => Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), p.ParameterType)));
        Expression body = method.ReturnType switch
        {
            var t when t == typeof(void) => Expression.Block(call, Expression.Constant(Task.CompletedTask)),
            var t when typeof(Task).IsAssignableFrom(t) => call,
            _ => Expression.Call(call, nameof(ValueTask.AsTask), Type.EmptyTypes),
        };
        return Expression.Lambda<Func<object, object?[], Task>>(Expression.Convert(body, typeof(Task)), target, arguments).Compile();
    }
}
