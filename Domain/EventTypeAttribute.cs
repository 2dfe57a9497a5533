namespace OneStop.Domain;

/// <summary>The stable name under which an event is recorded; it outlives renamings of the class.</summary>
/// <param name="name">Dotted lower-case name, such as <c>ticket.called</c>.</param>
/// <param name="version">Raised when the recorded form changes; older ones are upcast on read.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name, int version) : Attribute
{
    /// <summary>Dotted lower-case name.</summary>
    public string Name { get; } = name;

    /// <summary>Version of the recorded form.</summary>
    public int Version { get; } = version;

    /// <summary>As recorded, such as <c>ticket.called.v1</c>.</summary>
    public string RecordedName => $"{Name}.v{Version}";
}
