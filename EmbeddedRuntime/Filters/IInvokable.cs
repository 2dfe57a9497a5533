using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A grain call as data.</summary>
public interface IInvokable
{
    /// <summary>How many arguments the method takes.</summary>
    int GetArgumentCount();

    /// <summary>An argument.</summary>
    /// <param name="index">Its place, from zero.</param>
    object? GetArgument(int index);

    /// <summary>Replaces an argument.</summary>
    /// <param name="index">Its place, from zero.</param>
    /// <param name="value">The new one.</param>
    void SetArgument(int index, object? value);

    /// <summary>The method's name.</summary>
    string GetMethodName();

    /// <summary>The interface's name.</summary>
    string GetInterfaceName();

    /// <summary>The interface.</summary>
    Type GetInterfaceType();

    /// <summary>The interface's method.</summary>
    MethodInfo GetMethod();
}
