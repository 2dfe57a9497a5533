namespace OneStop.Domain;

/// <summary>The stable name and version under which an event is stored, whatever its class is called.</summary>
/// <param name="name">Lower-case name such as <c>application.received</c>.</param>
/// <param name="version">Version of the stored form, from 1.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name, int version) : Attribute
{
    /// <summary>Lower-case name such as <c>application.received</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Version of the stored form, from 1.</summary>
    public int Version { get; } = version;

    /// <summary>Name with version, such as <c>application.received.v1</c>.</summary>
    public string FullName => $"{Name}.v{Version}";
}
