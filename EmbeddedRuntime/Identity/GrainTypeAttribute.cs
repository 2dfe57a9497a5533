namespace Orleans;

/// <summary>Names a grain class, so that the name stays when the class is renamed. Default: the class's name in lower case without "Grain".</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    internal string Name { get; } = grainType;
}
